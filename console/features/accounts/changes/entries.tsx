import { Button, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useCommonWords } from '../../../ui/common-words.ts'
import { LoadingState, type ProblemLike, ProblemState } from '../../../ui/states.tsx'

interface EntriesProps {
  readonly query: {
    readonly error: ProblemLike | null
    readonly isPending: boolean
    readonly hasNextPage: boolean
    readonly isFetchingNextPage: boolean
    fetchNextPage(): unknown
    refetch(): unknown
  }
  /** Said where there are none. */
  readonly none: string
  readonly entries: readonly ReactNode[]
}

/** Entries of a long list, the newest first, page after page. */
export function Entries({ query, none, entries }: EntriesProps) {
  const common = useCommonWords()
  if (query.error && entries.length === 0)
    return <ProblemState problem={query.error} onRetry={() => query.refetch()} />
  if (query.isPending) return <LoadingState rows={3} />
  if (entries.length === 0) return <Text c="dimmed">{none}</Text>
  return (
    <>
      <Stack component="ol" gap="md" m={0} p={0} style={{ listStyle: 'none' }}>
        {entries}
      </Stack>
      {query.hasNextPage && (
        <Button variant="default" loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
          {common('showMore')}
        </Button>
      )}
    </>
  )
}
