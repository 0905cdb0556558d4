import { Button, Group, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useApi } from '../../api/company.tsx'
import { useRead } from '../../api/read.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { useFormat } from '../../ui/format.ts'
import { Page } from '../../ui/page.tsx'
import { forgetNumber, type Gone, leavingNotice, wayOf } from './custody.ts'
import { useMineWords } from './words.ts'

const askAgainMs = 2_000

/** In place of a number that is not the reader's: since when, and what became of it. */
export function GoneNumber({ numberId, gone }: { readonly numberId: string; readonly gone: Gone }) {
  const t = useMineWords()
  const f = useFormat()
  const { slug, memberId } = useSession()
  const notice = useLeavingNotice(numberId, gone)
  useForgotten(numberId)
  const { word, at } = wayOf(gone, notice)
  const isToday = at !== null && f.date(at) === f.date(new Date().toISOString())
  const time = at === null ? '' : isToday ? f.time(at) : f.dateTime(at)
  return (
    <Page title={t('gone')}>
      <Stack gap="md" align="flex-start" maw={640}>
        <Text role="status">{word === 'gone.never' && gone.isSeen ? t('gone.seen') : t(word, { time })}</Text>
        {word !== 'gone.never' && <Text>{t('gone.records')}</Text>}
        <Group>
          <Button component={Link} to={paths.mine(slug)}>
            {t('above')}
          </Button>
          {gone.isSeen && memberId !== null && (
            <Button component={Link} to={paths.number(slug, numberId)} variant="default">
              {t('gone.page')}
            </Button>
          )}
        </Group>
      </Stack>
    </Page>
  )
}

function useLeavingNotice(numberId: string, gone: Gone) {
  const { memberId } = useSession()
  const notices = useRead(
    'listNotices',
    { query: { limit: 50 } },
    {
      enabled: memberId !== null,
      // Notices are written right after the move, so the first answer may come before it.
      everyMs: gone.noticedAt === null ? false : askAgainMs,
    },
  )
  return leavingNotice(notices.data?.items ?? [], numberId)
}

// The address may name who was talked to, so it goes as well.
function useForgotten(numberId: string): void {
  const { company } = useApi()
  const { slug } = useSession()
  const client = useQueryClient()
  const navigate = useNavigate()
  useEffect(() => {
    forgetNumber(client, company, numberId)
    void navigate({ to: paths.myNumber(slug, numberId), replace: true })
  }, [client, company, navigate, numberId, slug])
}
