import { Alert, Button, Card, Group, List, Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react'
import { useRead } from '../../../api/read.ts'
import { useFormat } from '../../../ui/format.ts'
import { ProblemAlert } from '../../../ui/states.tsx'
import { LedgerProofs, type Report } from './verify-proofs.tsx'
import { useVerifyWords } from './verify-words.ts'

interface VerifyProps {
  /** Opens an entry that a finding is about. */
  readonly onShowEntry?: (entryId: string) => void
}

/** Checks the whole ledger on demand and says the result in words; the proofs are one step further in (ALL-2, ALL-6). */
export function VerifyPanel({ onShowEntry }: VerifyProps) {
  const t = useVerifyWords()
  const format = useFormat()
  // Only asked by the button: it reads the whole ledger.
  const query = useRead('verifyAudit', {}, { enabled: false })
  const report = query.isFetching ? undefined : query.data
  return (
    <Card withBorder padding="md">
      <Stack gap="xs">
        <Group justify="space-between" gap="sm">
          <div style={{ flex: '1 1 16rem' }}>
            <Title order={2} size="h5">
              {t('title')}
            </Title>
            <Text size="sm" c="dimmed">
              {t('text')}
            </Text>
          </div>
          <Button
            variant="default"
            leftSection={<IconShieldCheck size={18} aria-hidden />}
            loading={query.isFetching}
            onClick={() => void query.refetch()}
          >
            {t(query.data ? 'again' : 'verify')}
          </Button>
        </Group>
        <Text size="sm" role="status">
          {query.isFetching ? t('busy') : ''}
        </Text>
        {report &&
          (report.ok ? <Whole report={report} /> : <Broken report={report} onShowEntry={onShowEntry} />)}
        {report && (
          <Text size="xs" c="dimmed">
            {t('checkedAt', { time: format.exact(new Date(query.dataUpdatedAt).toISOString()) })}
          </Text>
        )}
        <ProblemAlert problem={query.error} />
        <LedgerProofs report={report} />
      </Stack>
    </Card>
  )
}

function Whole({ report }: { readonly report: Report }) {
  const t = useVerifyWords()
  const format = useFormat()
  const { entries, provenSize, unsealed, detailsErased, reasonsErased } = report
  const newest = report.inside ?? report.outside
  return (
    <Alert
      variant="outline"
      color="teal"
      icon={<IconShieldCheck aria-hidden />}
      title={t('whole', { count: entries, entries: format.number(entries) })}
    >
      <Stack gap={2}>
        <Text size="sm">
          {newest
            ? format.sentences(
                t('proven', { proven: format.number(provenSize) }),
                t('last', {
                  size: format.number(newest.size),
                  time: format.dateTime(newest.at),
                  key: newest.keyName,
                }),
              )
            : t('unproven')}
        </Text>
        <Text size="sm">
          <Outside report={report} />
        </Text>
        {unsealed > 0 && (
          <Text size="sm">{t('unsealed', { count: unsealed, amount: format.number(unsealed) })}</Text>
        )}
        {detailsErased + reasonsErased > 0 && (
          <Text size="sm">
            {t('erased', {
              details: format.number(detailsErased),
              reasons: format.number(reasonsErased),
            })}
          </Text>
        )}
      </Stack>
    </Alert>
  )
}

function Outside({ report: { outside, outsideBehind } }: { readonly report: Report }) {
  const t = useVerifyWords()
  const format = useFormat()
  if (!outside) return t('outside.none')
  if (outsideBehind === 0) return t('outside.all')
  return t('outside.behind', { count: outsideBehind, amount: format.number(outsideBehind) })
}

function Broken({ report, onShowEntry }: VerifyProps & { readonly report: Report }) {
  const t = useVerifyWords()
  const format = useFormat()
  const { findings, findingsOmitted } = report
  const total = findings.length + findingsOmitted
  return (
    <Alert
      variant="outline"
      color="red"
      icon={<IconAlertTriangle aria-hidden />}
      title={t('broken', { count: total, amount: format.number(total) })}
      styles={{ title: { color: 'var(--mantine-color-error)' } }}
    >
      <Stack gap="sm">
        <Text size="sm">{t('brokenNext')}</Text>
        <List size="sm" spacing="sm">
          {findings.map((finding, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two findings may be alike, and their order is the report's
            <List.Item key={place}>
              <FindingText finding={finding} onShowEntry={onShowEntry} />
            </List.Item>
          ))}
        </List>
        {findingsOmitted > 0 && (
          <Text size="sm">
            {t('omitted', { count: findingsOmitted, amount: format.number(findingsOmitted) })}
          </Text>
        )}
      </Stack>
    </Alert>
  )
}

type Finding = Report['findings'][number]

function FindingText({ finding, onShowEntry }: VerifyProps & { readonly finding: Finding }) {
  const t = useVerifyWords()
  const { kind, entryId, says } = finding
  const place = usePlace(finding)
  return (
    <>
      <Text span fw={600} fz="inherit">
        {[t(`finding.${kind}`), place].filter(Boolean).join(' · ')}
      </Text>
      {/* The report itself is written in English. */}
      <Text fz="inherit" lang="en">
        {says}
      </Text>
      {entryId !== undefined && onShowEntry && (
        <Button variant="subtle" size="compact-sm" px={0} onClick={() => onShowEntry(entryId)}>
          {t('show')}
        </Button>
      )}
    </>
  )
}

function usePlace({ seq, lastSeq }: Finding): string {
  const t = useVerifyWords()
  const format = useFormat()
  if (seq === undefined) return ''
  if (lastSeq === undefined || lastSeq === seq) return t('place.one', { seq: format.number(seq) })
  return t('place.range', { seq: format.number(seq), last: format.number(lastSeq) })
}
