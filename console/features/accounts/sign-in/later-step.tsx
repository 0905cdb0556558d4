import { Button, Group, Stack, Text } from '@mantine/core'
import { paths } from '../../../paths.ts'
import { ScreenLink } from '../../../ui/link.tsx'
import { LoadingState } from '../../../ui/states.tsx'
import { Door } from '../door.tsx'
import { AnotherProof } from './another-proof.tsx'
import { ByCode } from './by-code.tsx'
import { type Flow, goIn, type Step } from './flow.ts'
import { SecondFactor } from './second-factor.tsx'
import { useSignInWords } from './words.ts'

type Later = Exclude<Step, { readonly at: 'start' }>

/** What comes after the first step of a sign-in, each under its own heading. */
export function LaterStep({ flow, step }: { readonly flow: Flow; readonly step: Later }) {
  const t = useSignInWords()
  switch (step.at) {
    case 'code':
      return <ByCode key={step.sent.signInId} flow={flow} step={step} />
    case 'second_factor':
      return <SecondFactor key={step.asked.signInId} flow={flow} asked={step.asked} />
    case 'another_proof':
      return <AnotherProof key={step.asked.signInId} flow={flow} asked={step.asked} />
    case 'no_account':
      return <NoAccount flow={flow} kind={step.kind} />
    case 'sealed':
      return <Sealed flow={flow} />
    case 'kept':
      return <Kept />
    case 'entering':
      return (
        <Door title={t('entering')}>
          <LoadingState rows={2} />
        </Door>
      )
  }
}

function Again({ flow }: { readonly flow: Flow }) {
  const t = useSignInWords()
  return (
    <Button variant="default" size="md" onClick={() => flow.go({ at: 'start' })}>
      {t('again')}
    </Button>
  )
}

/** Proved, but nobody has invited this person yet. */
function NoAccount({ flow, kind }: { readonly flow: Flow; readonly kind: string }) {
  const t = useSignInWords()
  const isAddress = kind === 'phone' || kind === 'email'
  return (
    <Door title={t('noAccount.title')} text={t(isAddress ? `noAccount.${kind}` : 'noAccount.outside')}>
      <Stack>
        <Text>{t('noAccount.why')}</Text>
        <Text component="ul" my={0} ps="md">
          <li>{t('noAccount.invited')}</li>
          <li>{t('noAccount.notInvited')}</li>
          <li>{t('noAccount.other')}</li>
        </Text>
        <Again flow={flow} />
      </Stack>
    </Door>
  )
}

/** The account lost its last way in to a takeover; its person can still have it back. */
function Sealed({ flow }: { readonly flow: Flow }) {
  const t = useSignInWords()
  return (
    <Door title={t('sealed.title')}>
      <Stack>
        <Text>{t('sealed.why')}</Text>
        <Text>{t('sealed.do')}</Text>
        <Group>
          <Button component="a" href={paths.recoverAccount()} size="md">
            {t('recover')}
          </Button>
          <Again flow={flow} />
        </Group>
        <Text size="sm" c="dimmed">
          {t('sealed.else')}{' '}
          <ScreenLink to={paths.stillLinked()} size="sm">
            {t('sealed.more')}
          </ScreenLink>
        </Text>
      </Stack>
    </Door>
  )
}

function Kept() {
  const t = useSignInWords()
  return (
    <Door title={t('kept.title')}>
      <Stack>
        <Text role="status">{t('kept.text')}</Text>
        <Text>{t('kept.again')}</Text>
        <Button size="md" onClick={goIn}>
          {t('kept.go')}
        </Button>
      </Stack>
    </Door>
  )
}
