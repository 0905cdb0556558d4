import type { MemberStatus } from '../../../../src/features/people/states.ts'
import { useCommonWords } from '../../../ui/common-words.ts'
import { StatusBadge, type StatusKind } from '../../../ui/status-badge.tsx'

const kinds: Readonly<Record<MemberStatus, StatusKind>> = {
  active: 'good',
  suspended: 'bad',
  leaving: 'wait',
  left: 'off',
}

/** Whether a member is employed, in words. */
export function MemberStatusBadge({ status }: { readonly status: MemberStatus }) {
  const common = useCommonWords()
  return <StatusBadge kind={kinds[status]}>{common(`status.${status}`)}</StatusBadge>
}
