import { Button, Group, List, Modal, Progress, ScrollArea, Stack, Text } from '@mantine/core'
import { useCommonWords } from '../../ui/common-words.ts'
import { useFormat } from '../../ui/format.ts'
import { usePhone } from '../../ui/phone.tsx'
import { useProblemWords } from '../../ui/states.tsx'
import type { ChosenNumber } from './bulk-chosen.ts'
import { type ParkResult, type ParkRun, useParkRun } from './bulk-park-run.ts'
import { useNumberWords } from './words.ts'

// More than this takes longer than anybody waits before a dialog.
const mostAtOnce = 500

interface BulkProps {
  readonly numbers: readonly ChosenNumber[]
  readonly onClose: () => void
}

/** Parks the chosen numbers one by one, with the result of each. */
export function BulkPark({ numbers, onClose }: BulkProps) {
  const t = useNumberWords()
  const format = useFormat()
  const common = useCommonWords()
  const run = useParkRun()
  const held = numbers.filter(({ holderId }) => holderId !== null)
  const title = t('bulk.park.title', { count: held.length, amount: format.number(held.length) })
  const hasBegun = run.isBusy || run.results.size > 0
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      closeOnClickOutside={!run.isBusy}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      {hasBegun ? (
        <Running held={held} run={run} onClose={onClose} />
      ) : (
        <Asking held={held} skipped={numbers.length - held.length} run={run} onClose={onClose} />
      )}
    </Modal>
  )
}

interface RunProps {
  readonly held: readonly ChosenNumber[]
  readonly run: ParkRun
  readonly onClose: () => void
}

function Asking({ held, skipped, run, onClose }: RunProps & { readonly skipped: number }) {
  const t = useNumberWords()
  const common = useCommonWords()
  const format = useFormat()
  const isTooMany = held.length > mostAtOnce
  return (
    <Stack>
      <Text size="sm">{held.length === 0 ? t('bulk.park.nothing') : t('bulk.park.text')}</Text>
      {skipped > 0 && held.length > 0 && (
        <Text size="sm">{t('bulk.park.skipped', { count: skipped, amount: format.number(skipped) })}</Text>
      )}
      {isTooMany && (
        <Text size="sm" fw={600} role="alert">
          {t('bulk.park.tooMany', { amount: format.number(mostAtOnce) })}
        </Text>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {common('cancel')}
        </Button>
        <Button data-autofocus disabled={held.length === 0 || isTooMany} onClick={() => void run.park(held)}>
          {t('bulk.park.start')}
        </Button>
      </Group>
    </Stack>
  )
}

function Running({ held, run, onClose }: RunProps) {
  const t = useNumberWords()
  const common = useCommonWords()
  const format = useFormat()
  const values = [...run.results.values()]
  const counted = (what: ParkResult) => values.filter((result) => result === what).length
  const parked = held.filter(({ numberId }) => run.results.get(numberId) === 'parked')
  const undone = counted('undone')
  const failed = values.length - parked.length - undone
  const said = (key: 'done' | 'failed' | 'undone', count: number) =>
    count > 0 ? [t(`bulk.park.${key}`, { count, amount: format.number(count) })] : []
  const summary = format.list([
    ...said('done', parked.length),
    ...said('undone', undone),
    ...said('failed', failed),
  ])
  return (
    <Stack>
      <Progress
        value={(100 * values.length) / held.length}
        aria-label={t('bulk.park.progressLabel')}
        animated={run.isBusy}
      />
      <Text size="sm" role="status">
        {run.isBusy
          ? t('bulk.park.progress', { done: format.number(values.length), total: format.number(held.length) })
          : summary}
      </Text>
      <Results held={held} results={run.results} />
      <Group justify="flex-end">
        {run.isBusy ? (
          <Button variant="default" onClick={run.stop}>
            {t('bulk.park.stop')}
          </Button>
        ) : (
          <>
            {parked.length > 0 && (
              <Button variant="default" onClick={() => void run.undo(parked.toReversed())}>
                {t('bulk.park.undo')}
              </Button>
            )}
            <Button onClick={onClose}>{common('close')}</Button>
          </>
        )}
      </Group>
    </Stack>
  )
}

function Results({ held, results }: Pick<RunProps, 'held'> & Pick<ParkRun, 'results'>) {
  const t = useNumberWords()
  const phone = usePhone()
  const done = held.flatMap(({ numberId, e164 }) => {
    const result = results.get(numberId)
    return result === undefined ? [] : [{ numberId, e164, result }]
  })
  return (
    <ScrollArea.Autosize
      mah={240}
      viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t('bulk.park.results') }}
    >
      <List size="sm" listStyleType="none">
        {done.map(({ numberId, e164, result }) => (
          <List.Item key={numberId}>
            {phone(e164)}:{' '}
            {typeof result === 'string' ? t(`bulk.park.result.${result}`) : <Why problem={result} />}
          </List.Item>
        ))}
      </List>
    </ScrollArea.Autosize>
  )
}

function Why({ problem }: { readonly problem: Exclude<ParkResult, string> }) {
  const { title, next } = useProblemWords(problem)
  return (
    <>
      {title} {next}
    </>
  )
}
