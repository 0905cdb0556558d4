import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconClock } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Item } from '../../../api/client.ts'
import { useWrite } from '../../../api/write.ts'
import { paths } from '../../../paths.ts'
import { useFormat } from '../../../ui/format.ts'
import { usePhone } from '../../../ui/phone.tsx'
import { ProblemAlert } from '../../../ui/states.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { Step } from './step.tsx'
import { useChangeMobileWords } from './words.ts'

interface BoundProps {
  readonly phone: string
  readonly onAgain: () => void
}

/** The phone is bound here; what else was bound stays. */
export function Bound({ phone, onAgain }: BoundProps) {
  const t = useChangeMobileWords()
  return (
    <Step number={3} title={t('bound', { phone: usePhone()(phone) })}>
      <Stack>
        <Text role="status">{t('bound.text')}</Text>
        <Group gap="xs">
          <Button component={Link} to={paths.account()} size="md">
            {t('bound.back')}
          </Button>
          <Button variant="default" size="md" onClick={onAgain}>
            {t('bound.again')}
          </Button>
        </Group>
      </Stack>
    </Step>
  )
}

/** ACC-6: a phone that passes after three days, unless its earlier person objects. */
export function Waiting({
  change: { changeId, phone, dueAt },
}: {
  readonly change: Item<'listMobileChanges'>
}) {
  const t = useChangeMobileWords()
  const f = useFormat()
  const toast = useToast()
  const written = usePhone()(phone)
  const cancel = useWrite('cancelMobileChange')
  return (
    <Alert
      component="section"
      role="region"
      variant="outline"
      icon={<IconClock aria-hidden />}
      title={t('waiting', { phone: written, time: dueAt === null ? '' : f.dateTime(dueAt) })}
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
    >
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{t('waiting.text')}</Text>
        <ProblemAlert problem={cancel.error} />
        <Button
          variant="default"
          loading={cancel.isPending}
          onClick={() =>
            cancel.mutate(
              { params: { changeId } },
              { onSuccess: () => toast.done(t('cancelled', { phone: written })) },
            )
          }
        >
          {t('giveUp')}
        </Button>
      </Stack>
    </Alert>
  )
}
