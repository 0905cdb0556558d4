import { Button, Group, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { paths } from '../../../paths.ts'
import { Section } from '../my-account/section.tsx'
import { VendorLabel } from './vendor-label.tsx'
import { useSecurityWords } from './words.ts'

/** What one rarely needs and must not meet by accident: the log, and the end of the account. */
export function SecurityCenter() {
  const t = useSecurityWords()
  return (
    <Section title={t('center')}>
      <Stack gap="md">
        <Way
          title={t('changes')}
          text={t('changes.text')}
          to={paths.accountChanges()}
          action={t('changes.open')}
        />
        <Way title={t('log')} text={t('log.text')} to={paths.securityLog()} action={t('log.open')} />
        <Way
          title={t('delete')}
          text={t('delete.text')}
          to={paths.deleteAccount()}
          action={t('delete.open')}
        />
      </Stack>
      <VendorLabel label={t('vendor.delete')} />
    </Section>
  )
}

interface WayProps {
  readonly title: string
  readonly text: string
  readonly to: string
  readonly action: string
}

function Way({ title, text, to, action }: WayProps) {
  return (
    <Group justify="space-between" gap="sm">
      <div style={{ flex: '1 1 14rem' }}>
        <Text fw={600}>{title}</Text>
        <Text size="sm" c="dimmed">
          {text}
        </Text>
      </div>
      <Button component={Link} to={to} variant="default">
        {action}
      </Button>
    </Group>
  )
}
