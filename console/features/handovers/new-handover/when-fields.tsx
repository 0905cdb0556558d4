import { Radio, Select, Stack, TextInput } from '@mantine/core'
import { useRead } from '../../../api/read.ts'
import { instantOf } from '../../../ui/bands/local-time.ts'
import { createFormat, useFormat } from '../../../ui/format.ts'
import { useHandoverWords } from '../words.ts'
import type { Draft, Fault } from './form.ts'

export interface FieldsProps {
  readonly draft: Draft
  readonly faults: readonly Fault[]
  readonly onChange: (part: Partial<Draft>) => void
}

/** When it takes effect: now, or on the last day by the clock of a place that is named. */
export function WhenFields(props: FieldsProps) {
  const t = useHandoverWords()
  const { draft, onChange } = props
  const isLoan = draft.kind === 'loan'
  return (
    <Stack gap="sm">
      <Radio.Group
        label={t('when.label')}
        value={draft.when}
        onChange={(value) => onChange({ when: value === 'later' ? 'later' : 'now' })}
      >
        <Stack gap={6} mt={4}>
          <Radio value="now" label={t('when.now')} description={t('when.nowText')} />
          <Radio value="later" label={t(draft.kind === 'leave' ? 'when.lastDay' : 'when.later')} />
        </Stack>
      </Radio.Group>
      {draft.when === 'later' && <Moment {...props} field="at" />}
      {isLoan && <Moment {...props} field="endsAt" />}
      {(isLoan || draft.when === 'later') && <ZoneField {...props} />}
    </Stack>
  )
}

function Moment({ draft, faults, onChange, field }: FieldsProps & { readonly field: 'at' | 'endsAt' }) {
  const t = useHandoverWords()
  const { language, timeZone } = useFormat()
  const instant = draft[field] ? instantOf(draft[field], draft.timeZone) : null
  const elsewhere =
    instant !== null && timeZone !== draft.timeZone
      ? t('when.elsewhere', { time: createFormat(language, timeZone).dateTime(instant) })
      : undefined
  return (
    <TextInput
      type="datetime-local"
      label={t(`when.${field}`)}
      description={elsewhere}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      required
      error={faults.includes(field) && t('when.missing')}
      value={draft[field]}
      onChange={({ currentTarget: { value } }) => onChange({ [field]: value })}
      maw={320}
    />
  )
}

function ZoneField({ draft, onChange }: FieldsProps) {
  const t = useHandoverWords()
  const { timeZone } = useFormat()
  const company = useRead('readCompany', {}, { staleMs: 60_000 })
  const zones = [draft.timeZone, timeZone, company.data?.timeZone ?? timeZone]
  return (
    <Select
      label={t('when.zone')}
      searchable
      allowDeselect={false}
      data={[...new Set([...zones, ...Intl.supportedValuesOf('timeZone')])]}
      value={draft.timeZone}
      onChange={(value) => value && onChange({ timeZone: value })}
      maw={320}
    />
  )
}
