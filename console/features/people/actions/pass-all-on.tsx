import { Button } from '@mantine/core'
import { IconArrowsExchange } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Answer } from '../../../api/client.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { usePeopleWords } from '../words.ts'

/** Leads to a batch with all numbers of a person, for those who may move numbers. */
export function PassAllOn({
  detail: { memberId, holdings },
}: {
  readonly detail: Pick<Answer<'readMember'>, 'memberId' | 'holdings'>
}) {
  const t = usePeopleWords()
  const { slug, can } = useSession()
  if (!can('numbers:write') || !holdings.some(({ kind }) => kind === 'number')) return null
  return (
    <Button
      component={Link}
      to={paths.newBatch(slug)}
      search={{ member: memberId } as never}
      variant="default"
      leftSection={<IconArrowsExchange size={18} aria-hidden />}
    >
      {t('passAll')}
    </Button>
  )
}
