import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { PhoneNumber } from '../../../../src/features/numbers/model.ts'
import type { ApiProblem, Input } from '../../../api/client.ts'
import { useWrite } from '../../../api/write.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { useCommonWords } from '../../../ui/common-words.ts'
import { ScreenLink } from '../../../ui/link.tsx'
import { usePhone } from '../../../ui/phone.tsx'
import { ProblemAlert } from '../../../ui/states.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { numberTypes } from '../number-filter.ts'
import { useNumberWords } from '../words.ts'
import { useCountries } from './countries.ts'

// As the API reads a number whose country nobody names.
const defaultCountry = 'CN'

interface AddNumberProps {
  readonly onClose: () => void
  /** The country to read numbers without country code in, until another is chosen. */
  readonly presetCountry: string
  readonly onAssign: (number: PhoneNumber) => void
}

/** Adds a number that the company owns; it starts parked. */
export function AddNumber(props: AddNumberProps) {
  const t = useNumberWords()
  const common = useCommonWords()
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={t('add.title')}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <Form {...props} />
    </Modal>
  )
}

interface Draft {
  readonly number: string
  /** Null until one is chosen. */
  readonly country: string | null
  readonly label: string
  readonly type: string
}

function bodyOf({ number, label, type }: Draft, country: string): Input<'addNumber'>['body'] {
  const known = numberTypes.find((one) => one === type)
  return {
    number: number.trim(),
    country,
    ...(label.trim() && { label: label.trim() }),
    ...(known && { type: known }),
  }
}

function Form({ onClose, presetCountry, onAssign }: AddNumberProps) {
  const t = useNumberWords()
  const common = useCommonWords()
  const phone = usePhone()
  const toast = useToast()
  const add = useWrite('addNumber')
  const [draft, setDraft] = useState<Draft>({
    number: '',
    country: null,
    label: '',
    type: '',
  })
  const [isAsked, setAsked] = useState(false)
  const country = draft.country ?? (presetCountry.length === 2 ? presetCountry : defaultCountry)
  const isMissing = draft.number.trim().length < 3
  function send(isForSomebody: boolean) {
    setAsked(true)
    if (isMissing) return
    add.mutate(
      { body: bodyOf(draft, country) },
      {
        onSuccess: (number) => {
          onClose()
          if (isForSomebody) onAssign(number)
          else toast.done(t('done.added', { number: phone(number.e164) }))
        },
      },
    )
  }
  const isUnreadable = add.error?.code === 'number.invalid'
  const numberError = isAsked && isMissing ? t('add.numberMissing') : isUnreadable && add.error?.message
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        send(false)
      }}
    >
      <Stack>
        <Fields
          draft={draft}
          country={country}
          numberError={numberError}
          onChange={(part) => {
            setDraft((before) => ({ ...before, ...part }))
            setAsked(false)
            add.reset()
          }}
        />
        <Refused problem={isUnreadable ? null : add.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button variant="default" disabled={add.isPending} onClick={() => send(true)}>
            {t('add.andAssign')}
          </Button>
          <Button type="submit" loading={add.isPending}>
            {t('add.action')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

interface FieldsProps {
  readonly draft: Draft
  readonly country: string
  readonly numberError: string | false | undefined
  readonly onChange: (part: Partial<Draft>) => void
}

function Fields({ draft, country, numberError, onChange }: FieldsProps) {
  const t = useNumberWords()
  const common = useCommonWords()
  const countries = useCountries()
  return (
    <>
      <TextInput
        label={t('add.number')}
        description={t('add.numberHint')}
        inputMode="tel"
        autoComplete="off"
        data-autofocus
        aria-required
        maxLength={60}
        value={draft.number}
        onChange={(event) => onChange({ number: event.currentTarget.value })}
        error={numberError}
      />
      <Select
        label={t('add.country')}
        description={t('add.countryHint')}
        searchable
        nothingFoundMessage={t('filter.nothingFound')}
        data={[...countries]}
        value={country}
        onChange={(chosen) => onChange({ country: chosen })}
      />
      <TextInput
        label={t('add.label')}
        description={t('add.labelHint')}
        maxLength={120}
        value={draft.label}
        onChange={(event) => onChange({ label: event.currentTarget.value })}
      />
      <Select
        label={t('add.type')}
        placeholder={t('add.typeAuto')}
        clearable
        data={numberTypes.map((value) => ({ value, label: common(`numberType.${value}`) }))}
        value={draft.type || null}
        onChange={(type) => onChange({ type: type ?? '' })}
      />
    </>
  )
}

function Refused({ problem }: { readonly problem: ApiProblem | null }) {
  const t = useNumberWords()
  const { slug } = useSession()
  const owned = problem?.code === 'number.already_owned' ? problem.data['numberId'] : undefined
  return (
    <ProblemAlert problem={problem}>
      {typeof owned === 'string' && (
        <ScreenLink to={paths.number(slug, owned)}>{t('add.openOwned')}</ScreenLink>
      )}
    </ProblemAlert>
  )
}
