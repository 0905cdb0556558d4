import { Button, Checkbox, Group, List, Stack, Text, Textarea } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import type { ApiProblem } from '../../../api/client.ts'
import { FileDrop } from '../../../ui/file-drop.tsx'
import { useFormat } from '../../../ui/format.ts'
import { ProblemAlert } from '../../../ui/states.tsx'
import { useTaskWords } from '../words.ts'
import { type EvidenceFile, type Instructions, useReadable } from './task.ts'
import { useUploadEvidence } from './upload-evidence.ts'

const fileEndings = ['.jpg', '.jpeg', '.png', '.webp', '.pdf']
const maxBytes = 10 * 1024 * 1024

export interface ClaimFormProps {
  readonly instructions: Instructions
  readonly files: readonly EvidenceFile[]
  /** Where files go, by the name of the file. */
  readonly uploadTo: (fileName: string) => string
  readonly onClaim: (claim: { readonly note?: string; readonly consent: boolean }) => void
  readonly isBusy: boolean
  readonly problem: ApiProblem | null
}

/** Says that a task is done, with what shows it: a note, files, and the consent where one is needed. */
export function ClaimForm(props: ClaimFormProps) {
  const { instructions, files, uploadTo, onClaim, isBusy, problem } = props
  const t = useTaskWords()
  const say = useReadable()
  const upload = useUploadEvidence(uploadTo)
  const [note, setNote] = useState('')
  const [consent, setConsent] = useState(false)
  const [isAsked, setAsked] = useState(false)
  const isMissing = note.trim() === '' && files.length === 0
  const isWithheld = instructions.consent !== null && !consent
  function submit(event: SubmitEvent) {
    event.preventDefault()
    setAsked(true)
    if (!isMissing && !isWithheld) onClaim({ ...(note.trim() && { note: note.trim() }), consent })
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Textarea
          label={t('claim.note')}
          description={t('claim.noteText')}
          autosize
          minRows={2}
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          error={isAsked && isMissing && t('claim.missing')}
        />
        <FileDrop
          label={t('claim.file')}
          accept={fileEndings}
          maxBytes={maxBytes}
          isBusy={upload.isPending}
          onFile={(file) => upload.mutate(file)}
        />
        <FilesAdded files={files} />
        <ProblemAlert problem={upload.error} />
        {instructions.consent !== null && (
          <Checkbox
            label={say(instructions.consent)}
            checked={consent}
            onChange={(event) => setConsent(event.currentTarget.checked)}
            error={isAsked && isWithheld && t('claim.consent')}
          />
        )}
        <ProblemAlert problem={problem} />
        <Group>
          <Button type="submit" size="md" loading={isBusy} disabled={upload.isPending}>
            {t('claim.do')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function FilesAdded({ files }: { readonly files: readonly EvidenceFile[] }) {
  const t = useTaskWords()
  const format = useFormat()
  return (
    <div role="status">
      {files.length > 0 && (
        <>
          <Text size="sm" fw={600}>
            {t('claim.files')}
          </Text>
          <List size="sm">
            {files.map(({ mediaId, fileName, byteCount }) => (
              <List.Item key={mediaId} style={{ overflowWrap: 'anywhere' }}>
                {`${fileName ?? t('file.unnamed')} · ${format.bytes(byteCount)}`}
              </List.Item>
            ))}
          </List>
        </>
      )}
    </div>
  )
}
