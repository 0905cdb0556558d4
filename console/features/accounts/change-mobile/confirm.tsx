import { Button, Checkbox, Group, List, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { Item } from '../../../api/client.ts'
import { useRead } from '../../../api/read.ts'
import { useWrite } from '../../../api/write.ts'
import { useFormat } from '../../../ui/format.ts'
import { usePhone } from '../../../ui/phone.tsx'
import { ProblemAlert } from '../../../ui/states.tsx'
import { useToast } from '../../../ui/toast.tsx'
import type { Outcome } from './prove.tsx'
import { Step } from './step.tsx'
import { useChangeMobileWords } from './words.ts'

/** A number that an earlier account has and that comes here once its losses are confirmed. */
export interface Confirmable {
  readonly changeId: string
  readonly phone: string
  readonly losses: Item<'listMobileChanges'>['losses']
  readonly lossesHash: string
  readonly expiresAt: string
}

interface ConfirmProps {
  readonly change: Confirmable
  readonly onDone: (outcome: Outcome) => void
  readonly onCancelled: () => void
}

/** Step 3: what is lost for ever, read and confirmed (ACC-5). */
export function Confirm({ change, onDone, onCancelled }: ConfirmProps) {
  const t = useChangeMobileWords()
  const f = useFormat()
  const toast = useToast()
  const phone = usePhone()(change.phone)
  const [isRead, setRead] = useState(false)
  const { refetch } = useRead('listMobileChanges', {})
  const confirm = useWrite('confirmMobileChange')
  const cancel = useWrite('cancelMobileChange')
  const { changeId, losses, lossesHash } = change
  function takeOver() {
    confirm.mutate(
      { params: { changeId }, body: { losses: lossesHash } },
      { onSuccess: onDone, onError: () => void refetch() },
    )
  }
  function giveUp() {
    cancel.mutate(
      { params: { changeId } },
      {
        onSuccess: () => {
          toast.done(t('cancelled', { phone }))
          onCancelled()
        },
      },
    )
  }
  return (
    <Step number={3} title={t('confirm', { phone })}>
      <Stack>
        <Text>{t('confirm.text')}</Text>
        <List spacing="sm" withPadding>
          {losses.map(({ code, title, next }) => (
            <List.Item key={code + title}>
              <Text fw={600}>{title}</Text>
              {next !== '' && (
                <Text size="sm" c="dimmed">
                  {next}
                </Text>
              )}
            </List.Item>
          ))}
        </List>
        <Text size="sm">{t('confirm.until', { time: f.dateTime(change.expiresAt) })}</Text>
        <Checkbox
          label={t('confirm.read')}
          checked={isRead}
          onChange={(event) => setRead(event.currentTarget.checked)}
        />
        <ProblemAlert problem={confirm.error ?? cancel.error} />
        <Group gap="xs">
          <Button
            color="red.9"
            size="md"
            disabled={!isRead || cancel.isPending}
            loading={confirm.isPending}
            onClick={takeOver}
          >
            {t('confirm.do')}
          </Button>
          <Button
            variant="default"
            size="md"
            disabled={confirm.isPending}
            loading={cancel.isPending}
            onClick={giveUp}
          >
            {t('giveUp')}
          </Button>
        </Group>
      </Stack>
    </Step>
  )
}
