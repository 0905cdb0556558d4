import { Button, Group, Text } from '@mantine/core'
import { IconArchive, IconArrowsExchange, IconCopy, IconX } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { ApiProblem } from '../../api/client.ts'
import { useApi } from '../../api/company.tsx'
import { copyText } from '../../ui/copy-text.tsx'
import { useFormat } from '../../ui/format.ts'
import { useReturnToOpener } from '../../ui/opener.ts'
import { useToast } from '../../ui/toast.tsx'
import type { Chosen, ChosenNumber } from './bulk-chosen.ts'
import type { NumberFilter } from './number-filter.ts'
import { useNumberWords } from './words.ts'

const BulkReassign = lazy(() =>
  import('./bulk-reassign.tsx').then((room) => ({ default: room.BulkReassign })),
)
const BulkPark = lazy(() => import('./bulk-park.tsx').then((room) => ({ default: room.BulkPark })))

interface BulkBarProps {
  readonly chosen: Chosen
  readonly filter: NumberFilter
  /** How many numbers match the filter, when that is known. */
  readonly total: number | undefined
}

/** What can be done with all chosen numbers together. */
export function BulkBar({ chosen, filter, total }: BulkBarProps) {
  const t = useNumberWords()
  const format = useFormat()
  const [open, setOpen] = useState<{ act: 'reassign' | 'park'; numbers: readonly ChosenNumber[] } | null>(
    null,
  )
  useReturnToOpener(open !== null)
  // Where the bar goes away under the finger, the focus goes back to the box that brought it.
  useReturnToOpener(true)
  const { count, selection } = chosen
  const values = (number: number) => ({ count: number, amount: format.number(number) })
  const close = () => setOpen(null)
  return (
    <Group gap="xs" role="region" aria-label={t('bulk.label')}>
      <Text size="sm" fw={600} role="status">
        {t('bulk.count', values(count))}
      </Text>
      {total !== undefined && count < total && selection.rows !== 'all matching' && (
        <ChooseAll chosen={chosen} filter={filter} total={total} />
      )}
      <Button
        size="xs"
        leftSection={<IconArrowsExchange size={16} aria-hidden />}
        onClick={() => setOpen({ act: 'reassign', numbers: chosen.numbers() })}
      >
        {t('bulk.reassign')}
      </Button>
      <CopyAll chosen={chosen} />
      <Button
        size="xs"
        variant="default"
        leftSection={<IconArchive size={16} aria-hidden />}
        onClick={() => setOpen({ act: 'park', numbers: chosen.numbers() })}
      >
        {t('bulk.park')}
      </Button>
      <Button
        size="xs"
        variant="subtle"
        leftSection={<IconX size={16} aria-hidden />}
        onClick={selection.clear}
      >
        {t('bulk.clear')}
      </Button>
      <Suspense fallback={null}>
        {open?.act === 'reassign' && <BulkReassign numbers={open.numbers} onClose={close} />}
        {open?.act === 'park' && <BulkPark numbers={open.numbers} onClose={close} />}
      </Suspense>
    </Group>
  )
}

function ChooseAll({ chosen, filter, total }: BulkBarProps & { readonly total: number }) {
  const t = useNumberWords()
  const format = useFormat()
  const api = useApi()
  const toast = useToast()
  const [isBusy, setBusy] = useState(false)
  useReturnToOpener(true)
  async function chooseAll() {
    setBusy(true)
    try {
      const { items } = await api.call('selectNumbers', { query: filter })
      chosen.freeze(items)
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      toast.problem(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button
      size="xs"
      variant="light"
      loading={isBusy}
      title={t('bulk.frozen')}
      onClick={() => void chooseAll()}
    >
      {t('bulk.all', { count: total, amount: format.number(total) })}
    </Button>
  )
}

function CopyAll({ chosen }: { readonly chosen: Chosen }) {
  const t = useNumberWords()
  const format = useFormat()
  const toast = useToast()
  async function copy() {
    const numbers = chosen.numbers()
    const isDone = await copyText(numbers.map(({ e164 }) => e164).join('\n'))
    const values = { count: numbers.length, amount: format.number(numbers.length) }
    toast.done(isDone ? t('bulk.copied', values) : t('bulk.copyFailed'))
  }
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconCopy size={16} aria-hidden />}
      onClick={() => void copy()}
    >
      {t('bulk.copy')}
    </Button>
  )
}
