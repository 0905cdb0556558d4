import type { Instant } from '../../../kernel/fields.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import type { Language } from '../../companies/model.ts'
import { claimTask, createTask } from '../../tasks/index.ts'
import { addSystem, addWorkAccount, findSystemsNamed, wecomSystemId } from '../../work-accounts/index.ts'
import type { AccountRow, Examples, TaskRow } from '../examples.ts'
import { asMember, found, inputOf, type Scene, type Step } from './scene.ts'

/** Accounts in outside systems, and what only people can do, each on its day. */
export function outsideSteps(
  { accounts, tasks }: Examples,
  language: Language,
): (scene: Scene) => readonly Step[] {
  return ({ calendar }) => [
    ...accounts.map((row) => ({
      at: calendar.at(row.day, row.time),
      run: (scene: Scene) => addAccount(scene, row, language),
    })),
    ...tasks.map((row) => ({
      at: calendar.at(row.day, row.time),
      run: (scene: Scene) => ask(scene, row, language),
    })),
  ]
}

async function addAccount(scene: Scene, row: AccountRow, language: Language): Promise<readonly Step[]> {
  const { login, holder, number, note = null, link } = row
  const name = language === 'zh' ? row.systemZh : row.system
  await asMember(scene, row.by, async (tx) =>
    addWorkAccount(tx, {
      systemId: link === undefined ? await wecomSystemId(tx) : await systemAt(tx, { name, link }),
      login,
      holderId: holder === undefined ? null : found(scene.people, holder).memberId,
      heldSince: null,
      numberId: number === undefined ? null : found(scene.numbers, number),
      numberUse: null,
      note,
    }),
  )
  return []
}

async function systemAt(tx: Tx, wish: { readonly name: string; readonly link: string }): Promise<string> {
  const [known] = await findSystemsNamed(tx, [wish.name])
  return known?.systemId ?? addSystem(tx, wish)
}

const claimTime = '17:20'

async function ask(scene: Scene, row: TaskRow, language: Language): Promise<readonly Step[]> {
  const { by, day, about, dueIn, forMember, forName, forContact, claimedBy, claimNote } = row
  const isZh = language === 'zh'
  const body = {
    subjectKind: 'member' as const,
    subjectId: found(scene.people, about).memberId,
    title: isZh ? row.titleZh : row.title,
    instructions: isZh ? row.instructionsZh : row.instructions,
    dueAt: dueOf(scene, day - dueIn),
    ...(forMember === undefined ? {} : { forMemberId: found(scene.people, forMember).memberId }),
    ...(forName === undefined ? {} : { forName, forContact }),
  }
  const { taskId } = await asMember(scene, by, (tx) => createTask(tx, inputOf({ body, language })))
  if (claimedBy === undefined) return []
  return [
    {
      at: scene.calendar.at(day - 1, claimTime),
      async run(then) {
        const claim = { note: claimNote, consent: false }
        await asMember(then, claimedBy, (tx) =>
          claimTask(tx, inputOf({ params: { taskId }, body: claim, language })),
        )
        return []
      },
    },
  ]
}

function dueOf({ calendar }: Scene, daysAgo: number): Instant {
  return calendar.at(daysAgo, '18:00')
}
