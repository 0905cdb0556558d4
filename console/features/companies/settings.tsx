import { Accordion, Alert, Button, Card, Group, Stack, Title } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import type { Answer } from '../../api/client.ts'
import { useRead } from '../../api/read.ts'
import { useWrite } from '../../api/write.ts'
import { useSession } from '../../shell/session.tsx'
import { Page } from '../../ui/page.tsx'
import { Await, ForbiddenState, ProblemAlert } from '../../ui/states.tsx'
import { useToast } from '../../ui/toast.tsx'
import { OutboxLink } from '../messages/parts/outbox-link.tsx'
import { useCompanyWords } from './company-words.ts'
import { CountryChecks } from './country-checks.tsx'
import {
  CompanyFields,
  type Form,
  HandoverPolicies,
  type OnForm,
  PolicyNumber,
  TextPolicy,
} from './settings-fields.tsx'

/** What is true for the whole company: its name, its time, and how it wants numbers moved. */
export function Settings() {
  const t = useCompanyWords()
  const { can } = useSession()
  const company = useRead('readCompany', {})
  return (
    <Page title={t('settings.title')} text={t('settings.text')}>
      {can('company:write') ? (
        <Await query={company}>{(data) => <SettingsForm company={data} />}</Await>
      ) : (
        <ForbiddenState />
      )}
      <OutboxLink />
    </Page>
  )
}

// What was read first stays in the form while others change it; saving then is refused, and nothing is overwritten.
function SettingsForm({ company }: { readonly company: Answer<'readCompany'> }) {
  const [seen, setSeen] = useState(company)
  const [form, setForm] = useState<Form>(() => formOf(company))
  const change = useWrite('changeCompany')
  const toast = useToast()
  const t = useCompanyWords()
  function begin(from: Answer<'readCompany'>) {
    setSeen(from)
    setForm(formOf(from))
    change.reset()
  }
  function submit(event: SubmitEvent) {
    event.preventDefault()
    change.mutate(
      { body: form, version: seen.version },
      {
        onSuccess: (saved) => {
          begin(saved)
          toast.done(t('settings.saved'))
        },
      },
    )
  }
  const isChanged = JSON.stringify(form) !== JSON.stringify(formOf(seen))
  return (
    <form onSubmit={submit}>
      <Stack maw={720}>
        {company.version !== seen.version && (
          <Alert role="status" variant="outline" title={t('settings.changed')}>
            <Button variant="default" onClick={() => begin(company)}>
              {t('settings.lookAgain')}
            </Button>
          </Alert>
        )}
        <Section title={t('settings.company')}>
          <CompanyFields form={form} onForm={setForm} />
        </Section>
        <Section title={t('settings.moving')}>
          <PolicyNumber name="cooldownMinutes" word="cooldown" max={1440} form={form} onForm={setForm} />
          <PolicyNumber name="undoWindowHours" word="undo" min={1} max={720} form={form} onForm={setForm} />
          <CountryChecks form={form} onForm={setForm} />
        </Section>
        <Section title={t('settings.handovers')}>
          <HandoverPolicies form={form} onForm={setForm} />
        </Section>
        <Advanced form={form} onForm={setForm} />
        <ProblemAlert problem={change.error} />
        <Group>
          <Button type="submit" disabled={!isChanged} loading={change.isPending}>
            {t('settings.save')}
          </Button>
          {isChanged && (
            <Button variant="default" onClick={() => begin(company)}>
              {t('settings.discard')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}

function formOf({ name, timeZone, language, policies }: Answer<'readCompany'>): Form {
  return { name, timeZone, language, policies }
}

function Section({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <Card withBorder padding="lg">
      <Stack>
        <Title order={2} size="h4">
          {title}
        </Title>
        {children}
      </Stack>
    </Card>
  )
}

function Advanced({ form, onForm }: { readonly form: Form; readonly onForm: OnForm }) {
  const t = useCompanyWords()
  const both = { form, onForm }
  return (
    <Accordion variant="contained" chevronPosition="left">
      <Accordion.Item value="advanced">
        <Accordion.Control>{t('settings.advanced')}</Accordion.Control>
        <Accordion.Panel>
          <Stack>
            <PolicyNumber
              name="moveLimitPerDay"
              word="limitPerDay"
              min={1}
              max={1_000_000}
              isNullable
              {...both}
            />
            <PolicyNumber name="moveLimitPercent" word="limitPercent" min={1} max={100} {...both} />
            <PolicyNumber name="minimumRetentionDays" word="retention" max={36_500} {...both} />
            <TextPolicy {...both} />
            <PolicyNumber name="maxBatchSize" word="batchSize" min={1} max={100_000} isNullable {...both} />
            <PolicyNumber name="minBatchGapMinutes" word="batchGap" max={10_080} {...both} />
            <PolicyNumber name="signInLinkHours" word="linkHours" min={1} max={168} {...both} />
            <PolicyNumber name="invitationHours" word="invitationHours" min={1} max={720} {...both} />
            <PolicyNumber name="deletionCoolingDays" word="coolingDays" max={15} {...both} />
          </Stack>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  )
}
