import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { useWrite } from '../../../api/write.ts'
import { useCommonWords } from '../../../ui/common-words.ts'
import { ProblemAlert } from '../../../ui/states.tsx'
import { MemberSelect } from '../../people/parts/member-select.tsx'
import { useHeldThing } from '../parts/held-thing.ts'
import { useHandoverWords } from '../words.ts'
import { type Chosen, commonWays, type Target, withChosen } from './choices.ts'
import type { Handover, PlanItem } from './types.ts'

interface ChooseProps {
  readonly handover: Handover
  /** What is decided otherwise; with `ofKind` all of the kind of the first. */
  readonly items: readonly PlanItem[]
  readonly ofKind: boolean
  readonly onClose: () => void
}

const histories = ['keep', 'hide', 'delete'] as const

/** Decides for one holding, some of them, or all of a kind, otherwise than for the whole. */
export function ChooseDialog(props: ChooseProps) {
  const t = useHandoverWords()
  const common = useCommonWords()
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={useTitle(props)}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      {commonWays(props.items).length === 0 ? <Text>{t('choose.nothing')}</Text> : <Form {...props} />}
    </Modal>
  )
}

function useTitle({ items, ofKind }: ChooseProps): string {
  const t = useHandoverWords()
  const held = useHeldThing()
  const [first] = items
  if (first && ofKind) return t('choose.kind', { kind: t(`kind.${first.kind}`) })
  return first && items.length === 1
    ? t('choose.one', { thing: held(first) })
    : t('choose.many', { count: items.length })
}

function Form({ handover, items, ofKind, onClose }: ChooseProps) {
  const t = useHandoverWords()
  const common = useCommonWords()
  const [chosen, setChosen] = useState<Chosen>(() => startOf(items, handover))
  const change = useWrite('changeHandover')
  const ways = commonWays(items)
  const hasNumbers = items.some(({ kind }) => kind === 'number')
  function save(next: Chosen | null) {
    const targets = ofKind
      ? targetsOf(items)
          .slice(0, 1)
          .map((one) => ({ ...one, id: null }))
      : targetsOf(items)
    const choices = withChosen(handover.choices, targets, next)
    const { handoverId, version } = handover
    change.mutate({ params: { handoverId }, body: { choices }, version }, { onSuccess: onClose })
  }
  function submit(event: SubmitEvent) {
    event.preventDefault()
    save(chosen)
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <Radio.Group
          label={t('choose.way')}
          value={chosen.way}
          onChange={(value) =>
            setChosen((now) => ({ ...now, way: ways.find((way) => way === value) ?? now.way }))
          }
        >
          <Stack gap={6} mt={4}>
            {ways.map((way) => (
              <Radio key={way} value={way} label={t(`choose.${way}`)} />
            ))}
          </Stack>
        </Radio.Group>
        {chosen.way === 'pass_on' && (
          <MemberSelect
            label={t('choose.to')}
            description={t('choose.toText', { name: handover.defaultSuccessor?.name ?? t('to.nobody') })}
            value={chosen.toMemberId}
            onChange={(toMemberId) => setChosen((now) => ({ ...now, toMemberId }))}
            exceptId={handover.leaver.memberId}
          />
        )}
        {chosen.way === 'pass_on' && hasNumbers && <HistoryChoice chosen={chosen} onChosen={setChosen} />}
        <ProblemAlert problem={change.error} />
        <Group justify="flex-end">
          {items.some(({ isChosen }) => isChosen) && (
            <Button variant="subtle" onClick={() => save(null)}>
              {t('choose.whole')}
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" loading={change.isPending}>
            {t('choose.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function targetsOf(items: readonly PlanItem[]): Target[] {
  return items.map(({ kind, holdingId }) => ({ kind, id: holdingId }))
}

function startOf(items: readonly PlanItem[], { defaultSuccessor }: Handover): Chosen {
  const [first] = items
  const ways = commonWays(items)
  const way = first && ways.includes(first.way) ? first.way : (ways[0] ?? 'leave')
  const to = first?.to?.memberId ?? ''
  return { way, toMemberId: to === defaultSuccessor?.memberId ? '' : to, history: first?.history ?? 'keep' }
}

function HistoryChoice({
  chosen,
  onChosen,
}: {
  readonly chosen: Chosen
  readonly onChosen: (chosen: Chosen) => void
}) {
  const t = useHandoverWords()
  return (
    <Radio.Group
      label={t('choose.history')}
      value={chosen.history ?? 'keep'}
      onChange={(value) => onChosen({ ...chosen, history: histories.find((one) => one === value) ?? 'keep' })}
    >
      <Stack gap={6} mt={4}>
        {histories.map((history) => (
          <Radio key={history} value={history} label={t(`choose.history.${history}`)} />
        ))}
      </Stack>
    </Radio.Group>
  )
}
