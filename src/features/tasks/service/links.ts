import { personOf, systemCaller } from '../../../kernel/caller.ts'
import { addHours } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import { formatToken, hashSecret, newSecret } from '../../../platform/crypto/secret.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { record } from '../../audit/index.ts'
import type { tasksContract } from '../contract.ts'
import { type LinkedTask, taskLinkRefusal } from '../model.ts'
import { type Language, presentEvidence, presentTask } from '../present.ts'
import { companyOfLink, mustTake } from '../rules.ts'
import { endLinks, insertLink, lockTasks, spendLink } from '../store.ts'
import { instructionsOf } from '../templates.ts'
import * as views from '../views.ts'
import { claim, lockSeen } from './settle.ts'

type Routes = typeof tasksContract

/**
 * Makes a one-use link to a task for a person without an account; earlier ones of the task stop working.
 * @throws Refusal `task.not_in_state`
 */
export async function createTaskLink(
  tx: Tx,
  input: RouteInput<Routes['createTaskLink']>,
): Promise<RouteOutput<Routes['createTaskLink']>> {
  const task = await lockSeen(tx, input)
  mustTake('claim', task.state)
  const token = formatToken(tx.companyId, newSecret())
  const expiresAt = addHours(tx.now, input.body.expiresInHours)
  endLinks(tx, task.task_id)
  insertLink(tx, {
    hash: hashSecret(token),
    taskId: task.task_id,
    createdBy: personOf(tx.caller),
    expiresAt,
  })
  record(tx, {
    action: 'task.link_made',
    subjectKind: 'task',
    subjectId: task.task_id,
    effect: { expiresAt },
    details: { forName: task.for_name, forContact: task.for_contact },
  })
  return { taskId: task.task_id, token, path: `/task#link=${token}`, expiresAt }
}

/** A link that works, inside the realm of its company. */
export interface Followed {
  readonly hash: Buffer
  readonly link: views.LinkView
}

/**
 * Follows a link into its company, where it acts for whoever the task is for.
 * @throws Refusal `task_link.invalid`, alike for a used, an expired and a made-up one
 */
export async function followLink<T>(
  tx: Tx,
  token: string,
  work: (inside: Tx, followed: Followed) => Promise<T>,
): Promise<T> {
  const companyId = companyOfLink(token)
  if (companyId === null) throw new Refusal(taskLinkRefusal.invalid)
  const hash = hashSecret(token)
  const caller = systemCaller(companyId, 'task link')
  const forMemberId = await tx.inCompany(caller, async (inside) => {
    const link = await views.findLink(inside, hash)
    const [task] = link ? await views.findTasks(inside, [link.task_id]) : []
    if (!task) throw new Refusal(taskLinkRefusal.invalid)
    return task.for_member_id
  })
  return tx.inCompany(systemCaller(companyId, 'task link', forMemberId), async (inside) => {
    const link = await views.findLink(inside, hash)
    if (!link) throw new Refusal(taskLinkRefusal.invalid)
    return work(inside, { hash, link })
  })
}

/** @throws Refusal `task_link.invalid` */
export async function readLinkedTask(
  tx: Tx,
  { params, language }: RouteInput<Routes['readLinkedTask']>,
): Promise<LinkedTask> {
  return followLink(tx, params.token, (inside, { link }) => linkedTask(inside, link, language))
}

/**
 * Claims a task by its link, which ends with it; of many at once one claims.
 * @throws Refusal `task_link.invalid`, `task.not_in_state`, `task.consent_missing`, `task.evidence_missing`
 */
export async function claimLinkedTask(
  tx: Tx,
  { params, body, language }: RouteInput<Routes['claimLinkedTask']>,
): Promise<LinkedTask> {
  return followLink(tx, params.token, async (inside, { hash, link }) => {
    const [task] = await lockTasks(inside, [link.task_id])
    // Decided anew under the lock: whoever waited for it finds the link used.
    if (!task || !(await spendLink(inside, hash))) throw new Refusal(taskLinkRefusal.invalid)
    await claim(inside, task, body)
    return linkedTask(inside, link, language)
  })
}

async function linkedTask(tx: Tx, link: views.LinkView, language: Language): Promise<LinkedTask> {
  const [row] = await views.findTasks(tx, [link.task_id])
  if (!row) throw new Refusal(taskLinkRefusal.invalid)
  const names = await views.namesOf(tx, [row.for_member_id])
  const task = presentTask(row, { names, language, now: tx.now })
  const company = await views.findCompany(tx)
  return {
    companyName: company.name,
    forName: task.forName,
    title: task.title,
    state: task.state,
    link: task.link,
    dueAt: task.dueAt,
    isOverdue: task.isOverdue,
    instructions: instructionsOf(row.template, row.particulars, language),
    evidence: (await views.findEvidence(tx, row.task_id)).map(presentEvidence),
    expiresAt: link.expires_at,
  }
}
