import type { Dependent } from '../custody-ports/index.ts'
import type { System, WorkAccount, WorkAccountDetail } from './model.ts'
import type { AccountView, HolderView, SystemView } from './views.ts'

/** A system as the API shows it. */
export function presentSystem(row: SystemView): System {
  return {
    systemId: row.system_id,
    name: row.name,
    kind: row.kind,
    link: row.link,
    passOnInstructions: row.pass_on_instructions,
    closeInstructions: row.close_instructions,
    note: row.note,
    accountCount: row.account_count,
    createdAt: row.created_at,
    version: row.version,
  }
}

/** An account as lists show it. */
export function presentAccount(row: AccountView): WorkAccount {
  return {
    workAccountId: row.work_account_id,
    systemId: row.system_id,
    systemName: row.system_name,
    systemKind: row.system_kind,
    login: row.login,
    holderId: row.holder_id,
    holderName: row.holder_name,
    state: row.state,
    deletionUntil: row.deletion_until,
    numberId: row.number_id,
    e164: row.e164,
    numberUse: row.number_use,
    heldSince: row.held_since,
    note: row.note,
    openTaskId: row.open_task_id,
    createdAt: row.created_at,
    version: row.version,
  }
}

/** An account with everyone who held it. */
export function presentDetail(row: AccountView, holders: readonly HolderView[]): WorkAccountDetail {
  return {
    ...presentAccount(row),
    holders: holders.map((stretch) => ({
      holderId: stretch.holder_id,
      holderName: stretch.holder_name,
      from: stretch.held_from,
      to: stretch.held_to,
    })),
  }
}

/** An account as people know it, e.g. `WeCom · zhangsan`. */
export function labelOf(row: Pick<AccountView, 'system_name' | 'login'>): string {
  return `${row.system_name} · ${row.login}`
}

/** An account as something that hangs on a number (WRK-4). */
export function dependentOf(row: AccountView): Dependent {
  return {
    kind: 'work_account',
    id: row.work_account_id,
    label: labelOf(row),
    use: row.number_use,
    since: row.held_since,
  }
}
