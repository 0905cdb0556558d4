import { createCompany } from '../../companies/index.ts'
import { type Language, sampleSlug } from '../../companies/model.ts'
import { addNumber } from '../../numbers/index.ts'
import { changeMember, createDepartment, createFirstOwner, createMember } from '../../people/index.ts'
import type { DepartmentRow, Examples, MemberRow, NumberRow } from '../examples.ts'
import { asMember, asSystem, found, inputOf, type Scene, type Step } from './scene.ts'

/** What is known of the company before its past begins. */
export interface Beginning {
  readonly language: Language
  readonly timeZone: string
  readonly ownerId: string
  readonly ownerEmail: string
  readonly accountId: string
}

/** Of these all numbers but a few are in use (NUM-10). */
const licences = 59

const names = { en: 'Sample company', zh: '示例公司' } as const

export const ownerCode = 'owner'

/** The company itself, its departments, people and numbers, each on the day it came. */
export function foundingSteps(examples: Examples, beginning: Beginning): (scene: Scene) => Step[] {
  return ({ calendar }) => {
    const first = Math.max(...examples.members.map(({ joined }) => joined)) + 1
    return [
      { at: calendar.at(first, '09:00'), run: (scene) => begin(scene, examples, beginning) },
      ...examples.members
        .filter(({ staffCode }) => staffCode !== ownerCode)
        .map((row) => ({ at: calendar.at(row.joined, '08:30'), run: (scene: Scene) => hire(scene, row) })),
      ...examples.numbers.map((row) => ({
        at: calendar.at(row.added, '09:00'),
        run: (scene: Scene) => own(scene, row),
      })),
    ]
  }
}

async function begin(scene: Scene, examples: Examples, beginning: Beginning): Promise<readonly Step[]> {
  const { language, timeZone, ownerId, ownerEmail, accountId } = beginning
  const row = examples.members.find(({ staffCode }) => staffCode === ownerCode)
  if (!row) throw new Error('the examples need an Owner')
  await asSystem(scene, { task: 'setup' }, async (tx) => {
    await createCompany(tx, {
      slug: sampleSlug,
      name: names[language],
      timeZone,
      language,
      tier: 'advanced',
      licences,
      isSample: true,
    })
    await createFirstOwner(tx, { memberId: ownerId, name: row.name, email: ownerEmail, accountId })
  })
  scene.people.set(ownerCode, { memberId: ownerId, role: 'owner' })
  for (const [position, department] of examples.departments.entries()) {
    await arrange(scene, { ...department, position, language })
  }
  const { alias, mobile, title } = row
  const departments = placesOf(scene, row)
  await asMember(scene, ownerCode, (tx) =>
    changeMember(tx, inputOf({ params: { memberId: ownerId }, body: { alias, mobile, title, departments } })),
  )
  return []
}

async function arrange(
  scene: Scene,
  row: DepartmentRow & { readonly position: number; readonly language: Language },
): Promise<void> {
  const { name, nameZh, above, position, language } = row
  const parentId = above === '' ? null : found(scene.departments, above)
  const body = { name: language === 'zh' ? nameZh : name, parentId, position }
  const { departmentId } = await asMember(scene, ownerCode, (tx) => createDepartment(tx, inputOf({ body })))
  scene.departments.set(name, departmentId)
}

function placesOf(scene: Scene, { department, isLead }: MemberRow) {
  return [{ departmentId: found(scene.departments, department), isLead }]
}

async function hire(scene: Scene, row: MemberRow): Promise<readonly Step[]> {
  const { staffCode, name, alias, title, role, manager, email, mobile } = row
  const managerId = manager === undefined ? undefined : found(scene.people, manager).memberId
  const departments = placesOf(scene, row)
  const body = { staffCode, name, alias, title, role, email, mobile, managerId, departments }
  const { memberId } = await asMember(scene, ownerCode, (tx) => createMember(tx, inputOf({ body })))
  scene.people.set(staffCode, { memberId, role })
  return []
}

const whoAdds = 'm.brandt'

async function own(scene: Scene, { number, type, label, carrier }: NumberRow): Promise<readonly Step[]> {
  const asked = { number, label, fields: { carrier }, ...(type === '' ? {} : { type }) }
  const { numberId } = await asMember(scene, whoAdds, (tx) => addNumber(tx, asked))
  scene.numbers.set(number, numberId)
  return []
}
