import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { Dropzone, type FileRejection } from '@mantine/dropzone'
import { IconFileUpload } from '@tabler/icons-react'
import { type ClipboardEvent, useState } from 'react'
import '@mantine/dropzone/styles.css'
import { useBlockWords } from './block-words.ts'
import classes from './file-drop.module.css'
import { useFormat } from './format.ts'

export interface FileDropProps {
  /** What is wanted: `A CSV file with one move a line`. */
  readonly label: string
  readonly hint?: string
  /** Endings with their dot: `['.csv', '.txt']`. Browsers disagree on MIME types, so endings decide. */
  readonly accept: readonly string[]
  readonly maxBytes: number
  readonly onFile: (file: File) => void
  /** Given, text can be pasted instead of a file. */
  readonly onText?: (text: string) => void
  readonly isBusy?: boolean
}

/** Takes one file: dropped, chosen by mouse or keyboard, or pasted; also its text, where that is wanted. */
export function FileDrop(props: FileDropProps) {
  const { label, hint, accept, maxBytes, onFile, onText, isBusy = false } = props
  const t = useBlockWords()
  const format = useFormat()
  const [refusal, setRefusal] = useState<string | null>(null)
  const size = format.bytes(maxBytes)
  const take = (file: File | undefined) => {
    const reason = file && whyNot(file, props)
    setRefusal(reason ? t(reason, { size, kinds: format.list(accept) }) : null)
    if (file && !reason) onFile(file)
  }
  const refuse = (rejections: FileRejection[]) => {
    const [first] = rejections
    const reason =
      rejections.length > 1 ? 'file.oneOnly' : first && (whyNot(first.file, props) ?? 'file.unreadable')
    if (reason) setRefusal(t(reason, { size, kinds: format.list(accept) }))
  }
  const paste = (event: ClipboardEvent) => {
    const [file] = event.clipboardData.files
    const text = event.clipboardData.getData('text/plain')
    if (file) take(file)
    else if (text && onText) onText(text)
    else return
    event.preventDefault()
  }
  return (
    <Stack gap="xs">
      <Dropzone
        onDrop={([file]) => take(file)}
        onReject={refuse}
        onPaste={paste}
        multiple={false}
        loading={isBusy}
        className={classes['zone']}
        aria-label={`${label}. ${t('file.browse')}`}
        inputProps={{ accept: accept.join(','), 'aria-label': label }}
      >
        <Stack align="center" gap={4} ta="center">
          <IconFileUpload size={32} aria-hidden />
          <Text fw={600}>{label}</Text>
          <Text size="sm">{t('file.browse')}</Text>
          <Text size="sm" c="dimmed">
            {[hint, format.list(accept), t('file.limit', { size })].filter(Boolean).join(' · ')}
          </Text>
        </Stack>
      </Dropzone>
      <div role="alert">{refusal && <Text c="var(--mantine-color-error)">{refusal}</Text>}</div>
      {onText && <PasteBox onText={onText} isBusy={isBusy} />}
    </Stack>
  )
}

function whyNot(file: File, { accept, maxBytes }: FileDropProps) {
  const name = file.name.toLowerCase()
  if (!accept.some((ending) => name.endsWith(ending.toLowerCase()))) return 'file.wrongKind'
  return file.size > maxBytes ? 'file.tooLarge' : null
}

function PasteBox({ onText, isBusy }: { readonly onText: (text: string) => void; readonly isBusy: boolean }) {
  const t = useBlockWords()
  const [text, setText] = useState('')
  return (
    <Stack gap="xs">
      <Textarea
        label={t('file.paste')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        autosize
        minRows={2}
        maxRows={8}
        spellCheck={false}
        classNames={{ input: classes['paste'] ?? '' }}
      />
      {text.trim() !== '' && (
        <Group>
          <Button variant="light" loading={isBusy} onClick={() => onText(text)}>
            {t('file.use')}
          </Button>
        </Group>
      )}
    </Stack>
  )
}
