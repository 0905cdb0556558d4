import { Button, Group, Image } from '@mantine/core'
import { IconDownload, IconPhoto } from '@tabler/icons-react'
import { useState } from 'react'
import { ApiProblem } from '../../../api/client.ts'
import { useApi } from '../../../api/company.tsx'
import { saveFile } from '../../../api/save-file.ts'
import { useObjectUrl } from '../../../api/use-object-url.ts'
import { LoadingState, ProblemAlert } from '../../../ui/states.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { useTaskWords } from '../words.ts'
import type { EvidenceFile } from './task.ts'

interface FilesProps {
  readonly taskId: string
  readonly files: readonly EvidenceFile[]
}

/** The files that show that a task is done: pictures to see, others to save. */
export function EvidenceFiles({ taskId, files }: FilesProps) {
  const api = useApi()
  return (
    <Group gap="xs" align="flex-start">
      {files.map((file) => {
        const address = api.address('getEvidence', { params: { taskId, mediaId: file.mediaId } })
        return file.contentType.startsWith('image/') ? (
          <Picture key={file.mediaId} file={file} address={address} />
        ) : (
          <OtherFile key={file.mediaId} file={file} address={address} />
        )
      })}
    </Group>
  )
}

interface FileProps {
  readonly file: EvidenceFile
  readonly address: string
}

function Picture({ file, address }: FileProps) {
  const t = useTaskWords()
  const [isAsked, setAsked] = useState(false)
  const { url, problem } = useObjectUrl(isAsked ? address : null)
  const name = file.fileName ?? t('file.unnamed')
  if (problem) return <ProblemAlert problem={problem} />
  if (url !== null) return <Image src={url} alt={t('file.picture', { name })} radius="md" maw={520} />
  if (isAsked) return <LoadingState rows={1} height={120} />
  return (
    <Button
      variant="default"
      maw="100%"
      leftSection={<IconPhoto size={16} aria-hidden />}
      onClick={() => setAsked(true)}
    >
      {t('file.show', { name })}
    </Button>
  )
}

function OtherFile({ file, address }: FileProps) {
  const t = useTaskWords()
  const api = useApi()
  const toast = useToast()
  const [isSaving, setSaving] = useState(false)
  const name = file.fileName ?? t('file.unnamed')
  async function save() {
    setSaving(true)
    try {
      await saveFile(api, address, name)
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      toast.problem(error)
    } finally {
      setSaving(false)
    }
  }
  return (
    <Button
      variant="default"
      maw="100%"
      loading={isSaving}
      leftSection={<IconDownload size={16} aria-hidden />}
      onClick={() => void save()}
    >
      {t('file.save', { name })}
    </Button>
  )
}
