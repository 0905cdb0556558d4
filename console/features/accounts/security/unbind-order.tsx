import { Button, Group, List, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Answer } from '../../../api/client.ts'
import { useWrite } from '../../../api/write.ts'
import { paths } from '../../../paths.ts'
import { useFormat } from '../../../ui/format.ts'
import { ProblemAlert } from '../../../ui/states.tsx'
import { AddEmail } from './add-email.tsx'
import { AddOutside } from './add-outside.tsx'
import { type Kind, useWays } from './names.ts'
import { useSecurityWords } from './words.ts'

type Step = Answer<'planUnbinding'>['steps'][number]

interface OrderProps {
  readonly steps: readonly Step[]
  readonly name: string
  readonly onClose: () => void
}

/** The order that works, each step with its reason; the first one is done from here. */
export function UnbindOrder({ steps, name, onClose }: OrderProps) {
  const t = useSecurityWords()
  const wordsOf = useStepWords(name)
  const [next] = steps
  return (
    <>
      <Text fw={600}>{t('order')}</Text>
      <List type="ordered" spacing={8} withPadding>
        {steps.map((step, index) => (
          <List.Item key={step.step}>
            <Text component="span" fw={index === 0 ? 600 : 400}>
              {wordsOf(step)}
            </Text>
            <Text size="sm" c="dimmed">
              {t(`reason.${step.reason}`)}
            </Text>
          </List.Item>
        ))}
      </List>
      {next && <NextStep step={next} onClose={onClose} />}
    </>
  )
}

function useStepWords(name: string): (step: Step) => string {
  const t = useSecurityWords()
  const f = useFormat()
  const ways = useWays()
  return (step) => {
    switch (step.step) {
      case 'settle_change':
        return t('order.settle')
      case 'add_identifier':
        return t('order.add', { kinds: f.list(step.kinds.map((kind) => t(`kind.${kind}`))) })
      case 'set_uses':
        return t('order.uses', { name: ways([step]) })
      case 'remove_identifier':
        return t('order.remove', { name })
    }
  }
}

function NextStep({ step, onClose }: { readonly step: Step; readonly onClose: () => void }) {
  const t = useSecurityWords()
  switch (step.step) {
    case 'settle_change':
      return (
        <Group>
          <Button onClick={onClose}>{t('order.settle.do')}</Button>
        </Group>
      )
    case 'add_identifier':
      return <AddAnother kinds={step.kinds} />
    case 'set_uses':
      return <SetUses step={step} />
    case 'remove_identifier':
      return null
  }
}

function AddAnother({ kinds }: { readonly kinds: readonly Kind[] }) {
  const t = useSecurityWords()
  const [isAdding, setAdding] = useState(false)
  return (
    <Stack gap="xs">
      <Group gap="xs">
        {kinds.includes('email') && <Button onClick={() => setAdding(true)}>{t('email.add')}</Button>}
        {kinds.includes('phone') && (
          <Button component={Link} to={paths.changeMobile()} variant="default">
            {t('mobile.add')}
          </Button>
        )}
      </Group>
      <AddOutside kinds={kinds} isFrozen={false} />
      {isAdding && <AddEmail onClose={() => setAdding(false)} />}
    </Stack>
  )
}

function SetUses({
  step: { identifierId, kind, uses },
}: {
  readonly step: Extract<Step, { step: 'set_uses' }>
}) {
  const t = useSecurityWords()
  const ways = useWays()
  const write = useWrite('setIdentifierUses')
  return (
    <>
      <ProblemAlert problem={write.error} />
      <Group>
        <Button
          loading={write.isPending}
          onClick={() => write.mutate({ params: { identifierId }, body: uses })}
        >
          {t('order.uses.do', { name: ways([{ kind, identifierId }]) })}
        </Button>
      </Group>
    </>
  )
}
