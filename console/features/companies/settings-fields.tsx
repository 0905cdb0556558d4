import { NativeSelect, NumberInput, Select, TextInput } from '@mantine/core'
import type { Dispatch, SetStateAction } from 'react'
import { defaultPolicies } from '../../../src/features/companies/model/defaults.ts'
import type { Answer } from '../../api/client.ts'
import { useCommonWords } from '../../ui/common-words.ts'
import { useFormat } from '../../ui/format.ts'
import { useCompanyWords } from './company-words.ts'

type Company = Answer<'readCompany'>
/** The settings as they stand in the form. */
export type Form = Pick<Company, 'name' | 'timeZone' | 'language' | 'policies'>
export type OnForm = Dispatch<SetStateAction<Form>>

interface FormProps {
  readonly form: Form
  readonly onForm: OnForm
}

/** Name, time zone and language of the company. */
export function CompanyFields({ form, onForm }: FormProps) {
  const t = useCompanyWords()
  return (
    <>
      <TextInput
        label={t('settings.name')}
        required
        maxLength={120}
        value={form.name}
        onChange={({ currentTarget: { value } }) => onForm((before) => ({ ...before, name: value }))}
      />
      <Select
        label={t('settings.timeZone')}
        description={t('settings.timeZoneText')}
        searchable
        allowDeselect={false}
        data={[...new Set([form.timeZone, ...Intl.supportedValuesOf('timeZone')])]}
        value={form.timeZone}
        onChange={(timeZone) => timeZone && onForm((before) => ({ ...before, timeZone }))}
      />
      <NativeSelect
        label={t('settings.language')}
        description={t('settings.languageText')}
        data={[
          { value: 'en', label: t('settings.language.en') },
          { value: 'zh', label: t('settings.language.zh') },
        ]}
        value={form.language}
        onChange={({ currentTarget: { value } }) =>
          onForm((before) => ({ ...before, language: value === 'zh' ? 'zh' : 'en' }))
        }
      />
    </>
  )
}

type NumberPolicy = {
  [Name in keyof Company['policies']]: Company['policies'][Name] extends number | null ? Name : never
}[keyof Company['policies']]

type Word =
  | 'cooldown'
  | 'undo'
  | 'limitPerDay'
  | 'limitPercent'
  | 'retention'
  | 'batchSize'
  | 'batchGap'
  | 'linkHours'
  | 'invitationHours'
  | 'coolingDays'
  | 'leaversPerDay'

/** One policy that is a number, with what is usual. */
export function PolicyNumber({
  name,
  word,
  min = 0,
  max,
  isNullable = false,
  form,
  onForm,
}: FormProps & {
  readonly name: NumberPolicy
  readonly word: Word
  readonly min?: number
  readonly max: number
  readonly isNullable?: boolean
}) {
  const t = useCompanyWords()
  const common = useCommonWords()
  const format = useFormat()
  const usual = defaultPolicies[name]
  return (
    <NumberInput
      label={t(`settings.${word}`)}
      description={t(`settings.${word}Text`, {
        usual: usual === null ? common('none') : format.number(usual),
      })}
      min={min}
      max={max}
      allowDecimal={false}
      required={!isNullable}
      withAsterisk={false}
      value={form.policies[name] ?? ''}
      onChange={(value) =>
        onForm((before) => ({
          ...before,
          policies: { ...before.policies, [name]: value === '' && isNullable ? null : Number(value) },
        }))
      }
    />
  )
}

/** What callers hear where a number rings nowhere else. */
export function TextPolicy({ form, onForm }: FormProps) {
  const t = useCompanyWords()
  return (
    <TextInput
      label={t('settings.announcement')}
      description={t('settings.announcementText', { usual: defaultPolicies.parkAnnouncement })}
      required
      withAsterisk={false}
      maxLength={200}
      value={form.policies.parkAnnouncement}
      onChange={({ currentTarget: { value } }) =>
        onForm((before) => ({ ...before, policies: { ...before.policies, parkAnnouncement: value } }))
      }
    />
  )
}

const approvals = ['above_limit', 'always'] as const
const acceptances = ['informed', 'required', 'none'] as const

/** Who has to agree to a handover: a second person (HAN-10), and those who receive something (HAN-6). */
export function HandoverPolicies({ form, onForm }: FormProps) {
  const t = useCompanyWords()
  const { handoverApproval, handoverAcceptance } = form.policies
  const set = (part: Partial<Company['policies']>) =>
    onForm((before) => ({ ...before, policies: { ...before.policies, ...part } }))
  return (
    <>
      <NativeSelect
        label={t('settings.approval')}
        description={t('settings.approvalText')}
        data={approvals.map((value) => ({ value, label: t(`settings.approval.${value}`) }))}
        value={handoverApproval}
        onChange={({ currentTarget: { value } }) =>
          set({ handoverApproval: approvals.find((one) => one === value) ?? handoverApproval })
        }
      />
      <NativeSelect
        label={t('settings.acceptance')}
        description={t('settings.acceptanceText')}
        data={acceptances.map((value) => ({ value, label: t(`settings.acceptance.${value}`) }))}
        value={handoverAcceptance}
        onChange={({ currentTarget: { value } }) =>
          set({ handoverAcceptance: acceptances.find((one) => one === value) ?? handoverAcceptance })
        }
      />
      <PolicyNumber
        name="handoverLeaversPerDay"
        word="leaversPerDay"
        min={1}
        max={1000}
        form={form}
        onForm={onForm}
      />
    </>
  )
}
