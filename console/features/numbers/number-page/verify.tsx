import { Alert, Button, Group, List, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react'
import type { Answer } from '../../../api/client.ts'
import { useRead } from '../../../api/read.ts'
import { useFormat } from '../../../ui/format.ts'
import { ProblemAlert } from '../../../ui/states.tsx'
import { useNumberPageWords } from './page-words.ts'

/** Checks the whole ledger on demand and says the result in words (ALL-2). */
export function VerifyLedger() {
  const t = useNumberPageWords()
  // Only asked by the button: it reads the whole ledger.
  const query = useRead('verifyAudit', {}, { enabled: false })
  return (
    <Stack gap="sm">
      <Group gap="sm">
        <Button
          variant="default"
          leftSection={<IconShieldCheck size={18} aria-hidden />}
          loading={query.isFetching}
          onClick={() => void query.refetch()}
        >
          {t('verify')}
        </Button>
        <Text size="sm" c="dimmed" style={{ flex: '1 1 220px' }}>
          {t('verify.text')}
        </Text>
      </Group>
      <div role="status">{query.data && !query.isFetching && <Result report={query.data} />}</div>
      <ProblemAlert problem={query.error} />
    </Stack>
  )
}

function Result({ report }: { readonly report: Answer<'verifyAudit'> }) {
  const t = useNumberPageWords()
  const format = useFormat()
  const { findings, findingsOmitted } = report
  const newest = report.inside ?? report.outside
  const values = {
    count: report.entries,
    entries: format.number(report.entries),
    proven: format.number(report.provenSize),
    unsealed: format.number(report.unsealed),
    key: newest?.keyName ?? '',
    time: newest ? format.dateTime(newest.at) : '',
    behind: format.number(report.outsideBehind),
  }
  if (report.ok)
    return (
      <Alert variant="outline" color="teal" icon={<IconShieldCheck />} title={t('verify.whole', values)}>
        <Text size="sm">{t(newest ? 'verify.proven' : 'verify.unproven', values)}</Text>
        {report.unsealed > 0 && <Text size="sm">{t('verify.unsealed', values)}</Text>}
        <Text size="sm">{t(outsideWord(report), values)}</Text>
      </Alert>
    )
  return (
    <Alert
      variant="outline"
      color="red"
      icon={<IconAlertTriangle />}
      title={t('verify.broken', { count: findings.length + findingsOmitted })}
    >
      <Text size="sm">{t('verify.brokenNext')}</Text>
      <List size="sm" mt="xs">
        {findings.slice(0, 20).map((finding) => (
          <List.Item key={`${finding.kind}-${finding.seq}-${finding.entryId}`}>{finding.says}</List.Item>
        ))}
      </List>
    </Alert>
  )
}

function outsideWord({ outside, outsideBehind }: Answer<'verifyAudit'>) {
  if (!outside) return 'verify.noOutside'
  return outsideBehind === 0 ? 'verify.outsideAll' : 'verify.outside'
}
