import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useRead } from '../../../api/read.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { EmptyState, LoadingState, ProblemState } from '../../../ui/states.tsx'
import { useBatchWords } from '../words.ts'
import type { DraftLine } from './lines.ts'

/** Takes all numbers of one person, to be given to others. */
export function PersonSource({
  memberId,
  onLines,
}: {
  readonly memberId: string
  readonly onLines: (name: string, lines: readonly DraftLine[]) => void
}) {
  const t = useBatchWords()
  const { slug } = useSession()
  const member = useRead('readMember', { params: { memberId } })
  const { data } = member
  const held = data?.holdings.filter(({ kind }) => kind === 'number')
  const isReady = held !== undefined && held.length > 0
  // Once: what is chosen afterwards is not taken back when the person is read again.
  useEffect(() => {
    if (!data || !isReady) return
    const numbers = data.holdings.filter(({ kind }) => kind === 'number')
    onLines(
      data.name,
      numbers.map(({ id, label }, at) => ({ row: at + 1, number: label, numberId: id, recipient: '' })),
    )
  }, [data, isReady, onLines])
  if (member.error && !data) return <ProblemState problem={member.error} onRetry={() => member.refetch()} />
  if (!data || isReady) return <LoadingState rows={4} />
  return (
    <EmptyState title={t('person.none', { name: data.name })} text={t('person.noneText')}>
      <Button component={Link} to={paths.person(slug, memberId)}>
        {t('person.open', { name: data.name })}
      </Button>
    </EmptyState>
  )
}
