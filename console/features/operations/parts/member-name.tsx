import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../../api/company.tsx'
import { paths } from '../../../paths.ts'
import { ScreenLink } from '../../../ui/link.tsx'

const keptMs = 300_000

/** The name of a member who is known by id, as a link; kept for some minutes, and not read anew with every change. */
export function MemberName({ memberId }: { readonly memberId: string }) {
  const api = useApi()
  const { data } = useQuery({
    queryKey: ['member-names', api.company, memberId],
    queryFn: ({ signal }) => api.call('readMember', { params: { memberId } }, { signal }),
    select: ({ name }) => name,
    staleTime: keptMs,
  })
  return <ScreenLink to={paths.person(api.company ?? '', memberId)}>{data ?? '…'}</ScreenLink>
}
