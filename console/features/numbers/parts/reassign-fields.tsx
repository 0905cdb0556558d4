import { Checkbox, Radio, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import type { History } from '../../../../src/features/numbers/model.ts'
import { instantOf } from '../../../ui/bands/local-time.ts'
import { useCommonWords } from '../../../ui/common-words.ts'
import { createFormat, useFormat } from '../../../ui/format.ts'
import { Countdown } from './countdown.tsx'
import {
  coolsDownUntil,
  type Draft,
  isOnLoan,
  isOverride,
  type Missing,
  morningAfter,
  type SeenNumber,
  type Timing,
} from './reassign-order.ts'
import { useReassignWords } from './reassign-words.ts'

export interface FieldsProps {
  readonly draft: Draft
  readonly onChange: (change: Partial<Draft>) => void
  /** Shown as faults once somebody tried to send the form. */
  readonly faults: readonly Missing[]
}

const histories: readonly History[] = ['keep', 'hide', 'delete']

/** What becomes of the number's history, each way with what it means (NUM-5). */
export function HistoryField({
  draft,
  onChange,
  faults,
  number,
  undoWindowHours,
}: FieldsProps & { readonly number: SeenNumber; readonly undoWindowHours: number | null }) {
  const t = useReassignWords()
  const common = useCommonWords()
  const isDelete = draft.history === 'delete'
  const comesBack = draft.isLoan || isOnLoan(number)
  return (
    <Stack gap="xs">
      <Radio.Group
        label={t('history.label')}
        value={draft.history}
        onChange={(value) => onChange({ history: histories.find((one) => one === value) ?? 'keep' })}
      >
        <Stack gap="xs" mt={6}>
          {histories.map((history) => (
            <Radio
              key={history}
              value={history}
              disabled={history === 'delete' && comesBack}
              label={common(`history.${history}`)}
              description={
                history === 'delete' && comesBack
                  ? t('history.delete.loan')
                  : t(`history.${history}.means`, { hours: undoWindowHours ?? '' })
              }
            />
          ))}
        </Stack>
      </Radio.Group>
      <Textarea
        label={common('reason')}
        description={isDelete ? t('reason.second') : common('reasonKept')}
        withAsterisk={isDelete}
        aria-required={isDelete}
        error={faults.includes('reason') && t('missing.reason')}
        value={draft.reason}
        onChange={(event) => onChange({ reason: event.currentTarget.value })}
        maxLength={500}
        autosize
        minRows={1}
      />
    </Stack>
  )
}

interface WhenProps extends FieldsProps {
  readonly number: SeenNumber
  readonly companyZone: string | null
  readonly mayOverride: boolean
  readonly onCooledDown: () => void
}

/** When the move is to start, and whether it comes back by itself (NUM-4, NUM-11). */
export function WhenField(props: WhenProps) {
  const { draft, onChange, number, mayOverride, onCooledDown } = props
  const t = useReassignWords()
  const format = useFormat()
  const availableAt = coolsDownUntil(number)
  const timings: readonly Timing[] = availableAt === null ? ['now', 'at'] : ['earliest', 'now', 'at']

  function choose(value: string) {
    const timing = timings.find((one) => one === value) ?? 'now'
    const at =
      timing === 'at' && !draft.at ? morningAfter(new Date().toISOString(), 1, draft.timeZone) : draft.at
    onChange({ timing, at })
  }

  return (
    <Stack gap="xs">
      <Radio.Group label={t('when.label')} value={draft.timing} onChange={choose}>
        <Stack gap="xs" mt={6}>
          {availableAt !== null && (
            <Radio
              value="earliest"
              label={t('when.earliest', { time: format.time(availableAt) })}
              description={
                <>
                  {t('when.earliest.means')} <Countdown until={availableAt} onEnd={onCooledDown} />
                </>
              }
            />
          )}
          <Radio
            value="now"
            label={t('when.now')}
            disabled={availableAt !== null && !mayOverride}
            description={
              availableAt === null ? undefined : t(mayOverride ? 'when.now.override' : 'when.now.ownerOnly')
            }
          />
          <Radio value="at" label={t('when.at')} />
        </Stack>
      </Radio.Group>
      {isOverride(draft, number) && <OverrideReason {...props} />}
      {draft.timing === 'at' && (
        <LocalTime {...props} field="at" label={t('at.label')} missing={t('missing.at')} />
      )}
      <LoanField {...props} />
      {(draft.timing === 'at' || draft.isLoan) && <ZoneField {...props} />}
    </Stack>
  )
}

function OverrideReason({ draft, onChange, faults }: FieldsProps) {
  const t = useReassignWords()
  const common = useCommonWords()
  return (
    <Textarea
      label={t('override.label')}
      description={common('reasonKept')}
      withAsterisk
      aria-required
      error={faults.includes('overrideReason') && t('missing.overrideReason')}
      value={draft.overrideReason}
      onChange={(event) => onChange({ overrideReason: event.currentTarget.value })}
      maxLength={500}
      autosize
      minRows={1}
    />
  )
}

function LoanField(props: WhenProps) {
  const { draft, onChange, number } = props
  const t = useReassignWords()
  // A parked number has nobody to come back to.
  if (number.state !== 'held') return null
  function toggle(isLoan: boolean) {
    const returnAt = draft.returnAt || morningAfter(new Date().toISOString(), 7, draft.timeZone)
    onChange({ isLoan, returnAt, ...(isLoan && draft.history === 'delete' ? { history: 'keep' } : {}) })
  }
  return (
    <>
      <Checkbox
        label={t('loan.label')}
        description={t('loan.means', { name: number.holder?.name ?? '' })}
        checked={draft.isLoan}
        onChange={(event) => toggle(event.currentTarget.checked)}
      />
      {draft.isLoan && (
        <LocalTime {...props} field="returnAt" label={t('returnAt.label')} missing={t('missing.returnAt')} />
      )}
    </>
  )
}

interface LocalTimeProps extends WhenProps {
  readonly field: 'at' | 'returnAt'
  readonly label: string
  readonly missing: string
}

function LocalTime({ draft, onChange, faults, field, label, missing, companyZone }: LocalTimeProps) {
  return (
    <TextInput
      type="datetime-local"
      label={label}
      description={useElsewhere(draft[field], draft.timeZone, companyZone)}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      withAsterisk
      aria-required
      error={faults.includes(field) && missing}
      value={draft[field]}
      onChange={(event) => onChange({ [field]: event.currentTarget.value })}
      maw={320}
    />
  )
}

/** The same moment on the other clock, where the reader's time zone is not the company's. */
function useElsewhere(local: string, timeZone: string, companyZone: string | null): string | undefined {
  const t = useReassignWords()
  const { language, timeZone: ownZone } = useFormat()
  const other = timeZone === ownZone ? companyZone : ownZone
  const instant = local ? instantOf(local, timeZone) : null
  if (instant === null || other === null || other === timeZone) return undefined
  return t('zone.elsewhere', { time: createFormat(language, other).dateTime(instant), zone: other })
}

function ZoneField({ draft, onChange, companyZone }: WhenProps) {
  const t = useReassignWords()
  const { timeZone } = useFormat()
  if (companyZone === null || companyZone === timeZone)
    return <Text size="sm">{t('zone.only', { zone: timeZone })}</Text>
  return (
    <Select
      label={t('zone.label')}
      description={t('zone.differs')}
      data={[
        { value: timeZone, label: t('zone.mine', { zone: timeZone }) },
        { value: companyZone, label: t('zone.company', { zone: companyZone }) },
      ]}
      value={draft.timeZone}
      onChange={(value) => onChange({ timeZone: value ?? timeZone })}
      allowDeselect={false}
      comboboxProps={{ withinPortal: false }}
      maw={360}
    />
  )
}
