import type { Tx } from '../../../platform/db/tx.ts'
import { detailsOfMember, record } from '../../audit/index.ts'
import { readLanguage } from '../../companies/index.ts'
import { type FormerMember, holdingsOf, toPassOn } from '../../custody-ports/index.ts'
import { eraseNoticesOf, erasePersonRow, sharedAddresses } from '../former-store.ts'
import { knownAs } from '../known-as.ts'
import { memberTokens } from '../search-tokens.ts'
import { statusChanges } from '../states.ts'
import * as store from '../store.ts'
import * as views from '../views.ts'
import { writeHandedChange } from './change-member.ts'

/**
 * What of a person a company has, for whoever erases it; null where it has no such member. Names and addresses of earlier
 * count; a number of the company, or an address that another member has by now, is not the person's alone.
 */
export async function formerMember(tx: Tx, memberId: string): Promise<FormerMember | null> {
  const [row] = (await store.memberRows(tx, [memberId], 'locked')).values()
  if (!row) return null
  const shownAs = shownInstead(row.staffCode, await readLanguage(tx))
  const known = knownAs([row, ...(await detailsOfMember(tx, memberId))])
  const shared = await sharedAddresses(tx, memberId, known.addresses)
  return {
    memberId,
    staffCode: row.staffCode,
    shownAs,
    names: known.names.filter((name) => name !== shownAs),
    addresses: known.addresses.filter((address) => !shared.includes(address)),
  }
}

function shownInstead(staffCode: string, language: 'en' | 'zh'): string {
  return language === 'zh' ? `前成员 ${staffCode}` : `Former member ${staffCode}`
}

/** Erases the person of a former member: name, addresses and notices; staff code and history stay (ACC-3). */
export async function erasePerson(tx: Tx, { memberId, shownAs }: FormerMember): Promise<void> {
  const before = await store.lockMember(tx, memberId)
  if (!before) return
  erasePersonRow(tx, memberId, shownAs)
  const after = { ...before, name: shownAs, alias: null, email: null, mobile: null }
  store.writeSearchTokens(tx, { word: 'member', subjectId: memberId, tokens: memberTokens(after) })
  eraseNoticesOf(tx, memberId)
}

/** What became of a membership whose person is gone. */
export interface EndedMembership {
  readonly status: 'left' | 'suspended'
  /** What still has to be passed on; nothing for who has left. */
  readonly held: number
}

/**
 * Ends a membership because its person deleted the own account: whoever holds nothing more has left, whoever still does is
 * suspended until an Admin has passed it on. The last active Owner stays one: null, and nothing is changed.
 */
export async function endMembership(tx: Tx, memberId: string): Promise<EndedMembership | null> {
  await store.lockStructure(tx)
  const before = await store.lockMember(tx, memberId)
  if (!before) return { status: 'left', held: 0 }
  if (await views.isLastOwner(tx, memberId)) return null
  const held = toPassOn(await holdingsOf(tx, memberId)).length
  const status = before.status === 'left' || held === 0 ? 'left' : 'suspended'
  store.linkAccount(tx, memberId, null)
  if (before.status !== status) {
    writeHandedChange(tx, {
      before,
      after: { role: before.role, status, managerId: before.managerId },
      status: statusChanges[before.status][status] ?? null,
      reason: null,
      effect: { cause: 'account_deleted', held },
    })
  } else record(tx, unlinked(memberId))
  return { status, held: status === 'left' ? 0 : held }
}

/** Whether no Owner who works here would be left without this member; stays true until the commit. */
export async function holdLastOwner(tx: Tx, memberId: string): Promise<boolean> {
  await store.lockStructure(tx)
  return views.isLastOwner(tx, memberId)
}

function unlinked(memberId: string): Parameters<typeof record>[1] {
  return {
    action: 'member.unlinked',
    subjectKind: 'member',
    subjectId: memberId,
    effect: { cause: 'account_deleted' },
  }
}
