import { Card, Divider, Stack, Text, Title } from '@mantine/core'
import { useSession } from '../../../shell/session.tsx'
import { useFormat } from '../../../ui/format.ts'
import { EvidenceFiles } from '../parts/evidence-files.tsx'
import { type TaskDetail, usePersonWord } from '../parts/task.ts'
import { useTaskWords } from '../words.ts'
import { SeenForm } from './seen-form.tsx'

/** What whoever did it says and shows; it is done only when somebody else saw it (WRK-3). */
export function SaidToBeDone({ task }: { readonly task: TaskDetail }) {
  const t = useTaskWords()
  const format = useFormat()
  const { memberId } = useSession()
  const personOf = usePersonWord()
  const { claimedAt, claimNote, evidence, consentedAt, state } = task
  if (claimedAt === null) return null
  const isOwn = task.claimedBy === memberId
  const isOpen = state === 'claimed'
  return (
    <Card withBorder>
      <Stack gap="sm">
        <Title order={2} size="h4">
          {t('said.title', { name: personOf(task.claimedBy, task.claimedByName, task.forName) })}
        </Title>
        <Text>
          {isOpen ? t('said.at', { time: format.dateTime(claimedAt) }) : format.dateTime(claimedAt)}
        </Text>
        {claimNote !== null && (
          <div>
            <Text size="sm" fw={600}>
              {t('said.note')}
            </Text>
            <Text style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>{claimNote}</Text>
          </div>
        )}
        {evidence.length > 0 && (
          <div>
            <Text size="sm" fw={600} mb={4}>
              {t('said.files')}
            </Text>
            <EvidenceFiles taskId={task.taskId} files={evidence} />
          </div>
        )}
        {consentedAt !== null && (
          <Text size="sm">{t('said.consent', { time: format.dateTime(consentedAt) })}</Text>
        )}
        {isOpen && task.mayObserve && (
          <>
            <Divider />
            <Title order={3} size="h5">
              {t('see.title')}
            </Title>
            {isOwn && <Text>{t('said.own')}</Text>}
            <SeenForm task={task} />
          </>
        )}
      </Stack>
    </Card>
  )
}
