import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import type { Answer } from '../../../api/client.ts'
import { useRead } from '../../../api/read.ts'
import { useWrite } from '../../../api/write.ts'
import { useCommonWords } from '../../../ui/common-words.ts'
import { Await, ProblemAlert } from '../../../ui/states.tsx'
import { useToast } from '../../../ui/toast.tsx'
import touch from '../../../ui/touch.module.css'
import { type Identifier, useWays } from './names.ts'
import { UnbindOrder } from './unbind-order.tsx'
import { useSecurityWords } from './words.ts'

type Plan = Answer<'planUnbinding'>

interface UnbindProps {
  readonly identifier: Identifier
  readonly name: string
  readonly onClose: () => void
}

/** In which order an identifier can go without locking its person out (ACC-7), and the next step as a button. */
export function Unbind({ identifier, name, onClose }: UnbindProps) {
  const t = useSecurityWords()
  const common = useCommonWords()
  const { identifierId } = identifier
  const plan = useRead('planUnbinding', { params: { identifierId } }, { staleMs: 0 })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('unbind.title', { name })}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <Stack className={touch['touch'] ?? ''}>
        <Await query={plan}>
          {(found) => (
            <>
              <UsesOf plan={found} />
              {found.isPossibleNow ? (
                <Remove identifier={identifier} name={name} onClose={onClose} />
              ) : (
                <UnbindOrder steps={found.steps} name={name} onClose={onClose} />
              )}
            </>
          )}
        </Await>
      </Stack>
    </Modal>
  )
}

function UsesOf({ plan: { login, verification } }: { readonly plan: Plan }) {
  const t = useSecurityWords()
  const ways = useWays()
  return (
    <Stack component="ul" gap={6} m={0} p={0} style={{ listStyle: 'none' }}>
      {login.isUsed && (
        <Text component="li">
          {login.others.length === 0
            ? t('unbind.login.last')
            : t('unbind.login', { others: ways(login.others) })}
        </Text>
      )}
      {verification.isUsed && (
        <Text component="li">
          {verification.others.length === 0
            ? t('unbind.verification.last')
            : t('unbind.verification', { others: ways(verification.others) })}
        </Text>
      )}
    </Stack>
  )
}

function Remove({ identifier: { identifierId }, name, onClose }: UnbindProps) {
  const t = useSecurityWords()
  const common = useCommonWords()
  const toast = useToast()
  const remove = useWrite('removeIdentifier')
  return (
    <>
      <Text>{t('unbind.text')}</Text>
      <ProblemAlert problem={remove.error} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {common('cancel')}
        </Button>
        <Button
          color="red.9"
          loading={remove.isPending}
          onClick={() =>
            remove.mutate(
              { params: { identifierId } },
              {
                onSuccess: () => {
                  toast.done(t('unbind.done', { name }))
                  onClose()
                },
              },
            )
          }
        >
          {t('unbind.do')}
        </Button>
      </Group>
    </>
  )
}
