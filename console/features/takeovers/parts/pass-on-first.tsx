import { Button, Group, List, Stack, Text } from '@mantine/core'
import { IconArrowsExchange } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useRead } from '../../../api/read.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { ScreenLink } from '../../../ui/link.tsx'
import { HandOverLink } from '../../handovers/parts/hand-over-link.tsx'
import { HandoverState, overStates } from '../../handovers/parts/handover-state.tsx'
import { useTakeoverWords } from '../words.ts'

interface PassOnFirstProps {
  readonly holder: { readonly memberId: string; readonly name: string }
  /** Passes this one number on, and comes back to the choice afterwards. */
  readonly onPassOn: () => void
}

/** The order for a number whose holder uses it in the own account: it gets a new holder before it leaves the account (ACC-11). */
export function PassOnFirst({ holder, onPassOn }: PassOnFirstProps) {
  const t = useTakeoverWords()
  const { name } = holder
  return (
    <Stack>
      <Text>{t('order', { name })}</Text>
      <List type="ordered" spacing="md" withPadding>
        <Step title={t('order.pass')}>
          <HandingOver holder={holder} onPassOn={onPassOn} />
        </Step>
        <Step title={t('order.choose')}>
          <Text size="sm">{t('order.chooseText')}</Text>
        </Step>
        <Step title={t('order.free')}>
          <Text size="sm">{t('order.freeText', { name })}</Text>
        </Step>
      </List>
    </Stack>
  )
}

function Step({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <List.Item>
      <Stack gap={6}>
        <Text fw={600}>{title}</Text>
        {children}
      </Stack>
    </List.Item>
  )
}

function HandingOver({ holder, onPassOn }: PassOnFirstProps) {
  const t = useTakeoverWords()
  const { slug, can } = useSession()
  const { memberId, name } = holder
  const query = { leaverId: memberId, limit: 20 } as const
  const found = useRead('listHandovers', { query }, { enabled: can('handovers:read') })
  const open = found.data?.items.find(({ state }) => !overStates.includes(state))
  if (open)
    return (
      <>
        <Text size="sm">{t('order.planned', { name })}</Text>
        <Group gap="sm">
          <HandoverState handover={open} />
          <ScreenLink to={paths.handover(slug, open.handoverId)}>{t('order.open')}</ScreenLink>
        </Group>
      </>
    )
  return (
    <>
      <Text size="sm">{t('order.passText', { name })}</Text>
      <Group gap="sm">
        <HandOverLink leaver={holder} />
        <Button
          variant="default"
          leftSection={<IconArrowsExchange size={18} aria-hidden />}
          onClick={onPassOn}
        >
          {t('order.passOne')}
        </Button>
      </Group>
    </>
  )
}
