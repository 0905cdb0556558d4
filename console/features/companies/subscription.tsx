import { Button, Card, Group, List, Progress, Radio, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { capOfTier } from '../../../src/features/companies/model/defaults.ts'
import type { Answer } from '../../api/client.ts'
import { useRead } from '../../api/read.ts'
import { useWrite } from '../../api/write.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { useFormat } from '../../ui/format.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { Await, ProblemAlert, type ProblemLike } from '../../ui/states.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useCompanyWords } from './company-words.ts'
import { LicenceForm } from './licence-form.tsx'

/** What the company has bought, and how much of it is in use. */
export function Subscription() {
  const t = useCompanyWords()
  const subscription = useRead('readSubscription', {})
  const licences = useRead('readLicences', {})
  return (
    <Page title={t('subscription.title')} text={t('subscription.text')}>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Card withBorder padding="lg">
          <Await query={licences}>{(data) => <LicenceCard licences={data} />}</Await>
        </Card>
        <Card withBorder padding="lg">
          <Await query={subscription}>{(data) => <TierCard subscription={data} key={data.version} />}</Await>
        </Card>
      </SimpleGrid>
    </Page>
  )
}

function LicenceCard({ licences }: { readonly licences: Answer<'readLicences'> }) {
  const t = useCompanyWords()
  const format = useFormat()
  const { can } = useSession()
  const { total, used, free } = licences
  const share = total === 0 ? 0 : used / total
  const text = t('licences.use', { used: format.number(used), total: format.number(total) })
  return (
    <Stack>
      <Title order={2} size="h4">
        {t('licences.title')}
      </Title>
      <Text size="xl" fw={650}>
        {text}
      </Text>
      <Progress.Root size="lg" aria-hidden>
        <Progress.Section value={share * 100} color={share >= 0.9 ? 'orange.8' : 'indigo.7'} />
      </Progress.Root>
      <Text c="dimmed" size="sm">
        {format.sentences(
          free === 0 ? t('licences.none') : t('licences.free', { count: free }),
          t('licences.text'),
        )}
      </Text>
      {can('licences:write') ? <LicenceForm licences={licences} /> : <Text size="sm">{t('ownerOnly')}</Text>}
    </Stack>
  )
}

const tiers = ['connect', 'advanced', 'max'] as const

function TierCard({ subscription }: { readonly subscription: Answer<'readSubscription'> }) {
  const t = useCompanyWords()
  const toast = useToast()
  const { can } = useSession()
  const change = useWrite('changeSubscription')
  const [tier, setTier] = useState(subscription.tier)
  const isOwner = can('subscription:write')
  return (
    <Stack>
      <Title order={2} size="h4">
        {t('tier.title')}
      </Title>
      <Text size="xl" fw={650}>
        {t('tier.cap', { count: subscription.cap })}
      </Text>
      <Radio.Group
        label={t('tier.label')}
        value={tier}
        onChange={(value) => setTier(tiers.find((one) => one === value) ?? subscription.tier)}
      >
        <Stack gap="xs" mt="xs">
          {tiers.map((value) => (
            <Radio
              key={value}
              value={value}
              disabled={!isOwner}
              label={t(`tier.${value}`)}
              description={t('tier.cap', { count: capOfTier[value] })}
            />
          ))}
        </Stack>
      </Radio.Group>
      {subscription.capOverride !== null && (
        <Text size="sm">{t('tier.override', { count: subscription.capOverride })}</Text>
      )}
      <TierProblem problem={change.error} />
      {isOwner ? (
        <Group>
          <Button
            disabled={tier === subscription.tier}
            loading={change.isPending}
            onClick={() =>
              change.mutate(
                { body: { tier }, version: subscription.version },
                { onSuccess: () => toast.done(t('tier.done', { tier: t(`tier.${tier}`) })) },
              )
            }
          >
            {t('tier.submit')}
          </Button>
        </Group>
      ) : (
        <Text size="sm">{t('ownerOnly')}</Text>
      )}
    </Stack>
  )
}

interface AboveCap {
  readonly memberId: string
  readonly name: string
  readonly held: number
}

// A lower subscription names whoever holds too much, so that each can be put right.
function TierProblem({
  problem,
}: {
  readonly problem: (ProblemLike & { readonly data: Readonly<Record<string, unknown>> }) | null
}) {
  const t = useCompanyWords()
  const { slug } = useSession()
  if (!problem) return null
  const members = (problem.data['members'] ?? []) as readonly AboveCap[]
  return (
    <ProblemAlert problem={problem}>
      <List size="sm">
        {members.map(({ memberId, name, held }) => (
          <List.Item key={memberId}>
            <ScreenLink to={paths.person(slug, memberId)}>{name}</ScreenLink>{' '}
            {t('tier.holds', { count: held })}
          </List.Item>
        ))}
      </List>
    </ProblemAlert>
  )
}
