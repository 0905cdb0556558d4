import { Button, Checkbox, Group, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { useCommonWords } from '../../../ui/common-words.ts'
import { useFormat } from '../../../ui/format.ts'
import { ProblemAlert } from '../../../ui/states.tsx'
import { useToast } from '../../../ui/toast.tsx'
import type { Draft } from '../use-draft.ts'
import { useTemplate } from '../use-templates.ts'
import { useImportWords } from '../words.ts'
import { usePlaces } from './rows-grid.tsx'
import { mostSearched, type Repairs } from './use-repairs.ts'

interface ReplaceProps {
  readonly draft: Draft
  readonly repairs: Repairs
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** Finds words in one column and writes others in their place, in all rows. */
export function ReplaceDialog(props: ReplaceProps) {
  const t = useImportWords()
  const common = useCommonWords()
  return (
    <Modal
      opened={props.isOpen}
      onClose={props.onClose}
      title={t('replace.title')}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      {props.isOpen && <ReplaceForm {...props} />}
    </Modal>
  )
}

function ReplaceForm({ draft, repairs, onClose }: ReplaceProps) {
  const t = useImportWords()
  const common = useCommonWords()
  const format = useFormat()
  const toast = useToast()
  const places = usePlaces(draft.shown)
  const { headerOf } = useTemplate(draft.shown.template)
  const [key, setKey] = useState([...places.keys()][0] ?? '')
  const [find, setFind] = useState('')
  const [replaceBy, setReplaceBy] = useState('')
  const [isWhole, setWhole] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [found, setFound] = useState<number | null>(null)
  async function send(event: SubmitEvent) {
    event.preventDefault()
    if (find === '' && !isWhole) return
    setBusy(true)
    const count = await repairs.replace({ key, place: places.get(key), find, replaceBy, isWhole })
    setBusy(false)
    setFound(count)
    if (count === null || count === 0) return
    toast.done(t('replace.done', { count, number: format.number(count) }))
    onClose()
  }
  return (
    <form onSubmit={(event) => void send(event)}>
      <Stack>
        <NativeSelect
          label={t('replace.column')}
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
          data={[...places.keys()].map((one) => ({ value: one, label: headerOf(one) }))}
        />
        <TextInput
          label={t('replace.find')}
          value={find}
          onChange={(event) => setFind(event.currentTarget.value)}
          data-autofocus
        />
        <TextInput
          label={t('replace.by')}
          value={replaceBy}
          onChange={(event) => setReplaceBy(event.currentTarget.value)}
        />
        <Checkbox
          label={t('replace.whole')}
          checked={isWhole}
          onChange={(event) => setWhole(event.currentTarget.checked)}
        />
        {(draft.shown.counts?.rows ?? 0) > mostSearched && (
          <Text size="sm">{t('replace.most', { number: format.number(mostSearched) })}</Text>
        )}
        <div role="status">{found === 0 && <Text size="sm">{t('replace.none')}</Text>}</div>
        <ProblemAlert problem={draft.problem} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" loading={isBusy} disabled={find === '' && !isWhole}>
            {t('replace.do')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
