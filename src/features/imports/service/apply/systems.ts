import { Refusal } from '../../../../kernel/refusal.ts'
import {
  addSystem,
  addWorkAccount,
  findAccountsNamed,
  findSystemsNamed,
} from '../../../work-accounts/index.ts'
import { NewSystem } from '../../../work-accounts/model.ts'
import type { SystemDraft } from '../../model/rows.ts'
import { rowRefusal } from '../../refusals.ts'
import type { RowDone } from '../applied.ts'
import type { Slice } from './slice.ts'

/**
 * Adds the outside system that a row names, where it is new, and the account in it (WRK-6).
 * @throws Refusal as the work accounts' use cases do, `import.holder_missing`, `import.row_changed`
 */
export async function applySystem(slice: Slice, draft: SystemDraft): Promise<RowDone> {
  const { tx } = slice
  const { system: name, login } = draft
  const [there] = await findSystemsNamed(tx, [name])
  const made = there ? null : await addSystem(tx, newSystem(draft))
  const systemId = there?.systemId ?? made
  if (systemId === null || (login === undefined && made === null))
    throw new Refusal(rowRefusal.changedMeanwhile, { what: name })
  const account = login === undefined ? null : await addAccount(slice, draft, { systemId, login })
  return { state: 'done', applied: { did: 'system_added', systemId: made, account } }
}

function newSystem({ system: name, link, instructions, login, note }: SystemDraft): NewSystem {
  return NewSystem.parse({
    name,
    ...(link === undefined ? {} : { link }),
    ...(instructions === undefined ? {} : { passOnInstructions: instructions }),
    // A note of a row with an account is the account's.
    ...(login !== undefined || note === undefined ? {} : { note }),
  })
}

async function addAccount(
  { tx, memberIds, numbers }: Slice,
  { holderStaffCode, e164, usedFor, note }: SystemDraft,
  place: { readonly systemId: string; readonly login: string },
): Promise<{ workAccountId: string; version: number }> {
  const holderId = holderStaffCode === undefined ? null : (memberIds.get(holderStaffCode) ?? null)
  if (holderStaffCode !== undefined && holderId === null)
    throw new Refusal(rowRefusal.holderMissing, { staffCode: holderStaffCode })
  const numberId = e164 === undefined ? null : (numbers.get(e164)?.numberId ?? null)
  if (e164 !== undefined && numberId === null) throw new Refusal(rowRefusal.changedMeanwhile, { what: e164 })
  const workAccountId = await addWorkAccount(tx, {
    ...place,
    holderId,
    heldSince: null,
    numberId,
    numberUse: usedFor ?? null,
    note: note ?? null,
  })
  const [account] = await findAccountsNamed(tx, [place])
  return { workAccountId, version: account?.version ?? 1 }
}
