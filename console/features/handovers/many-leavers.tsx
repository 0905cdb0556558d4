import { Alert, Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import type { Answer, ApiProblem } from '../../api/client.ts'
import { useApi } from '../../api/company.tsx'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { useFormat } from '../../ui/format.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { ForbiddenState, ProblemAlert } from '../../ui/states.tsx'
import { FoundLeavers } from './many-leavers/found.tsx'
import { type FoundLine, findLeavers, linesOf, mostLeavers } from './many-leavers/lines.ts'
import { ManyResult } from './many-leavers/result.tsx'
import { useHandoverWords } from './words.ts'

/** Several leavers at once, each to the own manager unless somebody else is chosen. */
export function ManyLeavers() {
  const t = useHandoverWords()
  const { slug, can } = useSession()
  const [found, setFound] = useState<readonly FoundLine[] | null>(null)
  const [made, setMade] = useState<Answer<'createHandovers'> | null>(null)
  function again() {
    setFound(null)
    setMade(null)
  }
  return (
    <Page
      title={t('many.title')}
      text={t('many.text')}
      above={<ScreenLink to={paths.handovers(slug)}>{t('list.title')}</ScreenLink>}
    >
      {!can('handovers:write') ? (
        <ForbiddenState />
      ) : made !== null ? (
        <ManyResult result={made} lines={found ?? []} onAgain={again} />
      ) : found !== null ? (
        <FoundLeavers lines={found} onLines={setFound} onMade={setMade} onAgain={again} />
      ) : (
        <ListForm onFound={setFound} />
      )}
    </Page>
  )
}

const mostBytes = 1_000_000

function ListForm({ onFound }: { readonly onFound: (lines: readonly FoundLine[]) => void }) {
  const t = useHandoverWords()
  const format = useFormat()
  const api = useApi()
  const [text, setText] = useState('')
  const lines = linesOf(text)
  const isTooLong = lines.length > mostLeavers
  const look = useMutation<FoundLine[], ApiProblem, readonly string[]>({
    mutationFn: (written) => findLeavers(api, written),
    onSuccess: onFound,
  })
  function submit(event: SubmitEvent) {
    event.preventDefault()
    if (lines.length > 0 && !isTooLong) look.mutate(lines)
  }
  return (
    <form onSubmit={submit}>
      <Stack maw={720}>
        <Textarea
          label={t('many.list')}
          autosize
          minRows={5}
          maxRows={16}
          value={text}
          onChange={({ currentTarget: { value } }) => setText(value)}
        />
        <FileDrop
          label={t('many.file')}
          accept={['.csv', '.txt']}
          maxBytes={mostBytes}
          onFile={(file) => void file.text().then(setText)}
        />
        {isTooLong && (
          <Alert role="alert" color="red" variant="outline">
            <Text size="sm">{t('many.tooLong', { number: format.number(mostLeavers) })}</Text>
          </Alert>
        )}
        <ProblemAlert problem={look.error} />
        <Group>
          <Button type="submit" loading={look.isPending} disabled={lines.length === 0 || isTooLong}>
            {t('many.look')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
