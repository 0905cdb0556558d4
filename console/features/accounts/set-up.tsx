import {
  Accordion,
  Button,
  Divider,
  NumberInput,
  PasswordInput,
  Radio,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import type { Input } from '../../api/client.ts'
import { useRead } from '../../api/read.ts'
import { useWrite } from '../../api/write.ts'
import { paths } from '../../paths.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { usePreferences, useTimeZone } from '../../ui/preferences.ts'
import { Await, ProblemAlert } from '../../ui/states.tsx'
import { Door } from './door.tsx'
import { useDoorWords } from './door-words.ts'

type NewCompany = NonNullable<Input<'setUp'>['body']>

/** The first page of a fresh Baton: the own company, or the sample. */
export function SetUp() {
  const t = useDoorWords()
  const setup = useRead('readSetup', {})
  // Once it is done this page is left; until then it stays, or who made the company would not be signed in.
  const [wasNeeded, setWasNeeded] = useState(false)
  if (setup.data?.needed && !wasNeeded) setWasNeeded(true)
  return (
    <Await query={setup} loading={<Door title={t('setUp.title')}>{null}</Door>}>
      {({ needed }) =>
        needed || wasNeeded ? (
          <Door title={t('setUp.title')} text={t('setUp.text')}>
            <OwnCompany />
            <Divider label={t('setUp.or')} />
            <SampleCompany />
          </Door>
        ) : (
          <Door title={t('setUp.done')} text={t('setUp.doneText')}>
            <ScreenLink to={paths.signIn()}>{t('signIn.title')}</ScreenLink>
          </Door>
        )
      }
    </Await>
  )
}

// Everything begins anew with the company: a whole new page.
function enter(slug: string): void {
  window.location.assign(paths.home(slug))
}

function SampleCompany() {
  const t = useDoorWords()
  const { language } = usePreferences()
  const timeZone = useTimeZone()
  const load = useWrite('loadSample')
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed">
        {t('setUp.sampleText')}
      </Text>
      <Button
        variant="default"
        loading={load.isPending}
        onClick={() =>
          load.mutate(
            { body: { language: language === 'en' ? 'en' : 'zh', timeZone } },
            { onSuccess: ({ slug }) => enter(slug) },
          )
        }
      >
        {t('setUp.sample')}
      </Button>
      {load.isPending && (
        <Text role="status" size="sm">
          {t('setUp.sampleBusy')}
        </Text>
      )}
      <ProblemAlert problem={load.error} />
    </Stack>
  )
}

function OwnCompany() {
  const t = useDoorWords()
  const { language } = usePreferences()
  const timeZone = useTimeZone()
  const setUp = useWrite('setUp')
  const signIn = useWrite('openSession')
  const [form, setForm] = useState<NewCompany>({
    companyName: '',
    ownerName: '',
    ownerEmail: '',
    password: '',
    timeZone,
    subscription: 'connect',
    licences: 20,
  })
  const change = (part: Partial<NewCompany>) => setForm((before) => ({ ...before, ...part }))
  function submit(event: SubmitEvent) {
    event.preventDefault()
    const body: NewCompany = { ...form, language: language === 'en' ? 'en' : 'zh' }
    setUp.mutate(
      { body },
      {
        onSuccess: ({ slug }) =>
          signIn.mutate(
            { body: { email: form.ownerEmail, password: form.password } },
            { onSuccess: () => enter(slug) },
          ),
      },
    )
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <OwnerFields form={form} onChange={change} />
        <LicenceFields form={form} onChange={change} />
        <ProblemAlert problem={setUp.error ?? signIn.error} />
        <Button type="submit" loading={setUp.isPending || signIn.isPending}>
          {t('setUp.submit')}
        </Button>
      </Stack>
    </form>
  )
}

interface FieldsProps {
  readonly form: NewCompany
  readonly onChange: (part: Partial<NewCompany>) => void
}

function OwnerFields({ form, onChange }: FieldsProps) {
  const t = useDoorWords()
  return (
    <>
      <TextInput
        label={t('setUp.company')}
        required
        maxLength={120}
        autoComplete="organization"
        value={form.companyName}
        onChange={(event) => onChange({ companyName: event.currentTarget.value })}
      />
      <TextInput
        label={t('setUp.owner')}
        description={t('setUp.ownerText')}
        required
        maxLength={100}
        autoComplete="name"
        value={form.ownerName}
        onChange={(event) => onChange({ ownerName: event.currentTarget.value })}
      />
      <TextInput
        label={t('setUp.email')}
        type="email"
        required
        autoComplete="username"
        value={form.ownerEmail}
        onChange={(event) => onChange({ ownerEmail: event.currentTarget.value })}
      />
      <PasswordInput
        label={t('setUp.password')}
        description={t('setUp.passwordText')}
        required
        minLength={12}
        autoComplete="new-password"
        value={form.password}
        onChange={(event) => onChange({ password: event.currentTarget.value })}
      />
    </>
  )
}

const tiers = ['connect', 'advanced', 'max'] as const

function LicenceFields({ form, onChange }: FieldsProps) {
  const t = useDoorWords()
  return (
    <Accordion variant="contained" chevronPosition="left">
      <Accordion.Item value="more">
        <Accordion.Control>{t('setUp.more')}</Accordion.Control>
        <Accordion.Panel>
          <Stack>
            <Radio.Group
              label={t('setUp.tier')}
              value={form.subscription ?? 'connect'}
              onChange={(value) => onChange({ subscription: tiers.find((tier) => tier === value) })}
            >
              <Stack gap="xs" mt="xs">
                {tiers.map((tier) => (
                  <Radio key={tier} value={tier} label={t(`setUp.tier.${tier}`)} />
                ))}
              </Stack>
            </Radio.Group>
            <NumberInput
              label={t('setUp.licences')}
              description={t('setUp.licencesText')}
              min={0}
              max={1_000_000}
              allowDecimal={false}
              value={form.licences ?? 0}
              onChange={(value) => onChange({ licences: Number(value) || 0 })}
            />
            <Select
              label={t('setUp.timeZone')}
              description={t('setUp.timeZoneText')}
              searchable
              data={Intl.supportedValuesOf('timeZone')}
              value={form.timeZone ?? null}
              onChange={(value) => value && onChange({ timeZone: value })}
            />
          </Stack>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  )
}
