import { Button, Group, Loader, Stack, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { ApiProblem } from '../../api/client.ts'
import { useApi } from '../../api/company.tsx'
import { saveFile } from '../../api/save-file.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { useFormat } from '../../ui/format.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { ForbiddenState, ProblemAlert } from '../../ui/states.tsx'
import { Review } from './many-leavers/review.tsx'
import { type Leavers, useLeavers } from './many-leavers/use-leavers.ts'
import { useLeaverWords } from './many-leavers/words.ts'
import { useHandoverWords } from './words.ts'

/** Several leavers at once, from a file or a list, each to the own manager unless somebody else is named. */
export function ManyLeavers() {
  const t = useLeaverWords()
  const common = useHandoverWords()
  const { slug, can } = useSession()
  return (
    <Page
      title={t('title')}
      text={t('text')}
      above={<ScreenLink to={paths.handovers(slug)}>{common('list.title')}</ScreenLink>}
    >
      {can('handovers:write') ? <List /> : <ForbiddenState />}
    </Page>
  )
}

function List() {
  const t = useLeaverWords()
  const leavers = useLeavers()
  const { read, isBusy, problem } = leavers
  if (read !== null) return <Review leavers={leavers} read={read} />
  return (
    <Stack maw={720}>
      {isBusy ? (
        <Group role="status">
          <Loader size="sm" aria-hidden />
          <Text>{t('reading')}</Text>
        </Group>
      ) : (
        <ListForm leavers={leavers} />
      )}
      <ProblemAlert problem={problem} />
    </Stack>
  )
}

const mostBytes = 20_000_000
const mostLeavers = 2_000

function ListForm({ leavers }: { readonly leavers: Leavers }) {
  const t = useLeaverWords()
  const format = useFormat()
  return (
    <>
      <FileDrop
        label={t('drop')}
        hint={t('hint', { count: mostLeavers, number: format.number(mostLeavers) })}
        accept={['.xlsx', '.csv', '.txt']}
        maxBytes={mostBytes}
        onFile={leavers.send}
        onText={(text) => leavers.send(new File([text], 'list.csv', { type: 'text/csv' }))}
      />
      <Forms />
    </>
  )
}

function Forms() {
  const t = useLeaverWords()
  const api = useApi()
  const download = useMutation<void, ApiProblem, 'xlsx' | 'csv'>({
    mutationFn: async (format) => {
      const address = api.address('downloadLeaversForm', { query: { format } })
      await saveFile(api, address, `leavers.${format}`)
    },
  })
  return (
    <>
      <Group>
        {(['xlsx', 'csv'] as const).map((format) => (
          <Button
            key={format}
            variant="default"
            size="xs"
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() => download.mutate(format)}
          >
            {t(format === 'csv' ? 'formCsv' : 'form')}
          </Button>
        ))}
      </Group>
      <ProblemAlert problem={download.error} />
    </>
  )
}
