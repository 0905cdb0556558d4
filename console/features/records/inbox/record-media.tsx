import { Button } from '@mantine/core'
import { IconDownload, IconPhoto, IconPlayerPlay } from '@tabler/icons-react'
import { useState } from 'react'
import { ApiProblem } from '../../../api/client.ts'
import { useApi } from '../../../api/company.tsx'
import { saveFile } from '../../../api/save-file.ts'
import { useObjectUrl } from '../../../api/use-object-url.ts'
import { useFormat } from '../../../ui/format.ts'
import { LoadingState, ProblemAlert } from '../../../ui/states.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { useRecordWords } from '../words.ts'
import classes from './inbox.module.css'
import { useReadingReason } from './reading-reason.ts'
import type { ShownRecord } from './thread.ts'

type Media = ShownRecord['media'][number]

/** The files of a record: recordings to hear, pictures to see, anything else to save. */
export function RecordMedia({ record }: { readonly record: ShownRecord }) {
  const api = useApi()
  const { reason } = useReadingReason(record.numberId)
  if (record.media.length === 0) return null
  const addressOf = ({ mediaId }: Media) =>
    api.address('getMedia', { params: { recordId: record.recordId }, query: { mediaId, reason } })
  return (
    <div className={classes['media']}>
      {record.media.map((media) => {
        const address = addressOf(media)
        if (media.contentType.startsWith('audio/'))
          return <Recording key={media.mediaId} record={record} address={address} />
        if (media.contentType.startsWith('image/'))
          return <Picture key={media.mediaId} record={record} address={address} />
        return <OtherFile key={media.mediaId} media={media} address={address} />
      })}
    </div>
  )
}

interface Shown {
  readonly record: ShownRecord
  readonly address: string
}

function Recording({ record, address }: Shown) {
  const t = useRecordWords()
  const f = useFormat()
  const [isAsked, setAsked] = useState(false)
  const { url, problem } = useObjectUrl(isAsked ? address : null)
  const { durationSeconds } = record
  if (problem) return <ProblemAlert problem={problem} />
  if (url !== null)
    return (
      // biome-ignore lint/a11y/useMediaCaption: what is said stands beside it as text, where the source has it
      <audio
        controls
        autoPlay
        src={url}
        aria-label={t('media.recording', { time: f.dateTime(record.occurredAt) })}
      />
    )
  return (
    <Button
      size="compact-md"
      variant="default"
      loading={isAsked}
      leftSection={<IconPlayerPlay size={16} aria-hidden />}
      onClick={() => setAsked(true)}
    >
      {durationSeconds === null
        ? t('media.play')
        : t('media.playLength', { length: f.duration(durationSeconds) })}
    </Button>
  )
}

function Picture({ record, address }: Shown) {
  const t = useRecordWords()
  const f = useFormat()
  const [isAsked, setAsked] = useState(false)
  const { url, problem } = useObjectUrl(isAsked ? address : null)
  if (problem) return <ProblemAlert problem={problem} />
  if (url !== null)
    return <img src={url} alt={t('media.pictureOf', { time: f.dateTime(record.occurredAt) })} />
  if (isAsked) return <LoadingState rows={1} height={120} />
  return (
    <Button
      size="compact-md"
      variant="default"
      leftSection={<IconPhoto size={16} aria-hidden />}
      onClick={() => setAsked(true)}
    >
      {t('media.picture')}
    </Button>
  )
}

function OtherFile({ media, address }: { readonly media: Media; readonly address: string }) {
  const t = useRecordWords()
  const f = useFormat()
  const api = useApi()
  const toast = useToast()
  const [isSaving, setSaving] = useState(false)
  async function save() {
    setSaving(true)
    try {
      await saveFile(api, address, media.fileName ?? media.mediaId)
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      toast.problem(error)
    } finally {
      setSaving(false)
    }
  }
  return (
    <Button
      size="compact-md"
      variant="default"
      loading={isSaving}
      leftSection={<IconDownload size={16} aria-hidden />}
      onClick={() => void save()}
      style={{ maxWidth: '100%' }}
    >
      {t('media.save', { name: media.fileName ?? t('media.unnamed'), size: f.bytes(media.byteCount) })}
    </Button>
  )
}
