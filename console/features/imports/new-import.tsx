import { Button, Group, Progress, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import type { ApiProblem } from '../../api/client.ts'
import { useApi } from '../../api/company.tsx'
import { refreshCompany } from '../../api/refresh.ts'
import { type Sending, sendFile } from '../../api/send-file.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { useCommonWords } from '../../ui/common-words.ts'
import { FileDrop } from '../../ui/file-drop.tsx'
import { useFormat } from '../../ui/format.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { ForbiddenState, ProblemAlert } from '../../ui/states.tsx'
import { TemplateDownloads } from './template-downloads.tsx'
import type { Import } from './use-draft.ts'
import { WizardSteps } from './wizard/wizard-steps.tsx'
import { useImportWords } from './words.ts'

const mostBytes = 20_000_000
const endings = ['.xlsx', '.csv', '.txt']

/** The first step: a file is chosen and sent; nothing of it is written yet. */
export function NewImport() {
  const t = useImportWords()
  const { can, slug } = useSession()
  const sending = useSending()
  if (!can('imports:write'))
    return (
      <Page title={t('new.title')}>
        <ForbiddenState />
      </Page>
    )
  const { problem, isBusy } = sending
  return (
    <Page
      title={t('new.title')}
      text={t('new.text')}
      above={<ScreenLink to={paths.imports(slug)}>{t('list.title')}</ScreenLink>}
    >
      <WizardSteps step="file" reached="file" onStep={() => {}} />
      <Stack gap="md">
        {isBusy ? (
          <OnTheWay {...sending} />
        ) : (
          <FileDrop
            label={t('new.drop')}
            hint={t('new.hint')}
            accept={endings}
            maxBytes={mostBytes}
            onFile={sending.send}
          />
        )}
        <ProblemAlert problem={problem} />
      </Stack>
      <TemplateDownloads />
    </Page>
  )
}

interface Way {
  readonly send: (file: File) => void
  readonly cancel: () => void
  readonly isBusy: boolean
  readonly share: number
  readonly fileName: string
  readonly problem: ApiProblem | null
}

function useSending(): Way {
  const api = useApi()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [share, setShare] = useState(0)
  const [wasCancelled, setCancelled] = useState(false)
  const current = useRef<Sending | null>(null)
  const write = useMutation<Import, ApiProblem, File>({
    mutationFn: (file) => {
      setShare(0)
      setCancelled(false)
      current.current = sendFile(api, file, setShare)
      return current.current.answer
    },
    onSuccess: ({ importId }) => {
      void refreshCompany(client, api.company)
      void navigate({ to: paths.import(api.company ?? '', importId) })
    },
  })
  return {
    send: write.mutate,
    cancel: () => {
      setCancelled(true)
      current.current?.cancel()
    },
    isBusy: write.isPending,
    share,
    fileName: write.variables?.name ?? '',
    problem: wasCancelled ? null : write.error,
  }
}

function OnTheWay({ share, fileName, cancel }: Way) {
  const t = useImportWords()
  const common = useCommonWords()
  const format = useFormat()
  const isSent = share >= 1
  return (
    <Stack gap="xs" role="status">
      <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
        {isSent
          ? t('new.reading', { name: fileName })
          : t('new.sending', { name: fileName, share: format.percent(share) })}
      </Text>
      <Progress value={share * 100} animated={isSent} size="lg" aria-label={t('new.progress')} />
      <Group>
        <Button variant="default" onClick={cancel}>
          {common('cancel')}
        </Button>
      </Group>
    </Stack>
  )
}
