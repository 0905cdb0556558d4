import { Button, Group, PasswordInput, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { paths } from '../../../paths.ts'
import { ScreenLink } from '../../../ui/link.tsx'
import { CodeField, isWholeCode } from '../../../ui/proof/code-field.tsx'
import { Door } from '../door.tsx'
import type { AnotherProofAsked, Flow } from './flow.ts'
import { ProofForm } from './proof-form.tsx'
import { useVerify } from './use-verify.ts'
import { useSignInWords } from './words.ts'

type Way = AnotherProofAsked['ways'][number]

interface AnotherProofProps {
  readonly flow: Flow
  readonly asked: AnotherProofAsked
}

/**
 * A phone that was long unused and a browser that nobody knows, or an address that was never proved in its account:
 * something else has to prove the person, too.
 */
export function AnotherProof({ flow, asked }: AnotherProofProps) {
  const t = useSignInWords()
  const verify = useVerify(flow, asked.signInId)
  const [chosen, setChosen] = useState<Way | undefined>(asked.ways[0])
  return (
    <Door title={t('another.title')} text={t(asked.waysOut.length > 0 ? 'another.text' : 'another.unproven')}>
      <Stack>
        {chosen === 'email' && <ByEmail verify={verify} />}
        {chosen === 'password' && <ByPassword verify={verify} />}
        <Group gap="xs">
          {asked.ways
            .filter((way) => way !== chosen)
            .map((way) => (
              <Button
                key={way}
                variant="default"
                size="md"
                onClick={() => {
                  verify.reset()
                  setChosen(way)
                }}
              >
                {t(`another.${way}`)}
              </Button>
            ))}
          <Button variant="subtle" size="md" onClick={() => flow.go({ at: 'start' })}>
            {t('again')}
          </Button>
        </Group>
        <WaysOut ways={asked.waysOut} />
      </Stack>
    </Door>
  )
}

/** For whoever got the phone anew: it may still be in the account of somebody else. */
function WaysOut({ ways }: { readonly ways: AnotherProofAsked['waysOut'] }) {
  const t = useSignInWords()
  if (ways.length === 0) return null
  return (
    <Stack gap="xs" component="section">
      <Title order={2} size="h5">
        {t('another.notYours')}
      </Title>
      {ways.map(({ way, title, next }) => (
        <div key={way}>
          <Text fw={600}>{title}</Text>
          <Text size="sm" c="dimmed">
            {next}
          </Text>
        </div>
      ))}
      <ScreenLink to={paths.stillLinked()} size="sm">
        {t('another.more')}
      </ScreenLink>
    </Stack>
  )
}

type Verify = ReturnType<typeof useVerify>

function ByEmail({ verify }: { readonly verify: Verify }) {
  const t = useSignInWords()
  const [code, setCode] = useState('')
  return (
    <ProofForm
      action={t('submit')}
      isReady={isWholeCode(code)}
      isBusy={verify.isBusy}
      problem={verify.problem}
      onSubmit={() => verify.give({ code })}
    >
      <CodeField
        description={t('another.sent')}
        value={code}
        onChange={setCode}
        onWhole={(whole) => {
          if (!verify.isBusy) verify.give({ code: whole })
        }}
        autoFocus
      />
    </ProofForm>
  )
}

function ByPassword({ verify }: { readonly verify: Verify }) {
  const t = useSignInWords()
  const [password, setPassword] = useState('')
  return (
    <ProofForm
      action={t('submit')}
      isReady={password !== ''}
      isBusy={verify.isBusy}
      problem={verify.problem}
      onSubmit={() => verify.give({ password })}
    >
      <PasswordInput
        label={t('password')}
        autoComplete="current-password"
        size="md"
        maxLength={256}
        autoFocus
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
    </ProofForm>
  )
}
