import { StatusBadge, type StatusKind } from '../../ui/status-badge.tsx'
import type { ListedAccount } from './account.ts'
import { useWorkAccountWords } from './words.ts'

const kinds: Readonly<Record<ListedAccount['state'], StatusKind>> = {
  held: 'good',
  deletion_requested: 'wait',
  released: 'off',
  closed: 'off',
}

/** What an account is now, and that something about it is under way. */
export function AccountState({ account }: { readonly account: ListedAccount }) {
  const t = useWorkAccountWords()
  if (account.openTaskId !== null && account.state === 'held')
    return <StatusBadge kind="busy">{t('underWay')}</StatusBadge>
  return <StatusBadge kind={kinds[account.state]}>{t(`state.${account.state}`)}</StatusBadge>
}
