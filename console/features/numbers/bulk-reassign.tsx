import { Alert, Button, Checkbox, Group, List, Modal, Radio, Stack, Text, Textarea } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useWrite } from '../../api/write.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { useCommonWords } from '../../ui/common-words.ts'
import { useFormat } from '../../ui/format.ts'
import { usePhone } from '../../ui/phone.tsx'
import { PlanDiff } from '../../ui/plan-diff/plan-diff.tsx'
import { ProblemAlert } from '../../ui/states.tsx'
import type { ChosenNumber } from './bulk-chosen.ts'
import { type BatchPlan, planGroups } from './bulk-plan.ts'
import { RecipientSearch } from './parts/recipient-search.tsx'
import { useNumberWords } from './words.ts'

const histories = ['keep', 'hide', 'delete'] as const

interface Order {
  readonly recipient: { readonly memberId: string; readonly name: string } | null
  readonly history: (typeof histories)[number]
  readonly isPatient: boolean
  readonly reason: string
}

const firstOrder: Order = { recipient: null, history: 'keep', isPatient: true, reason: '' }

// However long the plan is, what starts it stays in reach.
const footer = {
  position: 'sticky',
  bottom: 0,
  zIndex: 1,
  paddingBlock: 'var(--mantine-spacing-sm)',
  background: 'var(--mantine-color-body)',
} as const

interface BulkProps {
  readonly numbers: readonly ChosenNumber[]
  readonly onClose: () => void
}

/** Passes many numbers to one member: what would happen is shown before it starts (NUM-8). */
export function BulkReassign({ numbers, onClose }: BulkProps) {
  const t = useNumberWords()
  const format = useFormat()
  const common = useCommonWords()
  const title = t('bulk.reassign.title', { count: numbers.length, amount: format.number(numbers.length) })
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size="lg"
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <Content numbers={numbers} onClose={onClose} />
    </Modal>
  )
}

function Content({ numbers, onClose }: BulkProps) {
  const t = useNumberWords()
  const common = useCommonWords()
  const navigate = useNavigate()
  const { slug } = useSession()
  const [order, setOrder] = useState(firstOrder)
  const [isAsked, setAsked] = useState(false)
  const check = useWrite('moveNumbers')
  const start = useWrite('moveNumbers')
  const plan = check.data?.plan ?? null
  const isWhole = order.recipient !== null && (order.history !== 'delete' || order.reason.trim() !== '')
  function change(part: Partial<Order>) {
    setOrder((before) => ({ ...before, ...part }))
    setAsked(false)
    // A plan is shown only for what was checked.
    check.reset()
    start.reset()
  }
  function submit() {
    setAsked(true)
    if (!isWhole) return
    if (!plan) return check.mutate({ body: bodyOf(numbers, order, true) })
    start.mutate(
      { body: bodyOf(numbers, order, false) },
      {
        onSuccess: ({ operation }) => {
          onClose()
          if (operation) void navigate({ to: paths.batch(slug, operation.operationId) })
        },
      },
    )
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <Stack>
        <OrderFields order={order} onChange={change} isAsked={isAsked} />
        <ProblemAlert problem={check.error ?? start.error} />
        {plan && <PlanShown plan={plan} />}
        <Group justify="flex-end" style={footer}>
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          {plan ? (
            <StartButton plan={plan} isBusy={start.isPending} />
          ) : (
            <Button type="submit" loading={check.isPending}>
              {t('bulk.check')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}

function bodyOf(numbers: readonly ChosenNumber[], order: Order, dryRun: boolean) {
  const toMemberId = order.recipient?.memberId ?? ''
  const reason = order.reason.trim()
  return {
    moves: numbers.map(({ numberId, holderId }) => ({ numberId, toMemberId, expectedHolderId: holderId })),
    history: order.history,
    when: order.isPatient ? ('earliest' as const) : ('now' as const),
    ...(reason ? { reason } : {}),
    dryRun,
  }
}

interface OrderProps {
  readonly order: Order
  readonly onChange: (part: Partial<Order>) => void
  readonly isAsked: boolean
}

function OrderFields({ order, onChange, isAsked }: OrderProps) {
  const t = useNumberWords()
  const lacksReason = isAsked && order.history === 'delete' && order.reason.trim() === ''
  return (
    <>
      <RecipientSearch
        label={t('bulk.recipient')}
        value={order.recipient}
        onChange={(recipient) => onChange({ recipient })}
        error={isAsked && order.recipient === null && t('bulk.recipientMissing')}
        isRequired
        isFirst
      />
      <Radio.Group
        label={t('bulk.history')}
        value={order.history}
        onChange={(value) => onChange({ history: histories.find((known) => known === value) ?? 'keep' })}
      >
        <Stack gap={6} mt={4}>
          {histories.map((history) => (
            <Radio key={history} value={history} label={t(`bulk.history.${history}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <Checkbox
        label={t('bulk.earliest')}
        checked={order.isPatient}
        onChange={(event) => onChange({ isPatient: event.currentTarget.checked })}
      />
      <Textarea
        label={t('bulk.reason')}
        description={t('bulk.reasonHint')}
        value={order.reason}
        onChange={(event) => onChange({ reason: event.currentTarget.value })}
        error={lacksReason && t('bulk.reasonForDelete')}
        maxLength={500}
        autosize
        minRows={1}
      />
    </>
  )
}

function StartButton({ plan, isBusy }: { readonly plan: BatchPlan; readonly isBusy: boolean }) {
  const t = useNumberWords()
  const format = useFormat()
  const count = plan.moves + plan.waits
  const values = { count, amount: format.number(count) }
  return (
    <Button type="submit" loading={isBusy} disabled={count === 0}>
      {plan.needsApproval ? t('bulk.ask', values) : t('bulk.start', values)}
    </Button>
  )
}

function PlanShown({ plan }: { readonly plan: BatchPlan }) {
  const t = useNumberWords()
  const format = useFormat()
  const phone = usePhone()
  const counted = (['moves', 'waits', 'refused'] as const).filter((kind) => plan[kind] > 0)
  return (
    <Stack gap="sm">
      <Alert variant="outline" role="status" icon={<IconInfoCircle />} title={t('bulk.plan')}>
        <List size="sm">
          {counted.map((kind) => (
            <List.Item key={kind}>
              {t(`bulk.plan.${kind}`, { count: plan[kind], amount: format.number(plan[kind]) })}
            </List.Item>
          ))}
          {plan.moves > 0 && (
            <List.Item>{t('bulk.plan.finish', { time: format.dateTime(plan.finishAt) })}</List.Item>
          )}
        </List>
        {plan.needsApproval && (
          <Text size="sm" mt="xs">
            {t('bulk.plan.approval')}
          </Text>
        )}
      </Alert>
      <PlanDiff
        label={t('bulk.plan')}
        groups={planGroups(plan, { say: t, phone, dateTime: format.dateTime })}
      />
    </Stack>
  )
}
