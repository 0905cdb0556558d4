import { PasswordInput, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { paths } from '../../../paths.ts'
import { ScreenLink } from '../../../ui/link.tsx'
import { CodeField, isWholeCode } from '../../../ui/proof/code-field.tsx'
import { Door } from '../door.tsx'
import type { AnotherProofAsked, Flow } from './flow.ts'
import { OtherWays } from './other-ways.tsx'
import { ProofForm } from './proof-form.tsx'
import { useVerify } from './use-verify.ts'
import { useSignInWords } from './words.ts'

type Way = AnotherProofAsked['ways'][number]

interface AnotherProofProps {
  readonly flow: Flow
  readonly asked: AnotherProofAsked
}

/**
 * A phone that was long unused or a WeCom account in a browser that nobody knows, or an address that was never proved in
 * its account: something else has to prove the person, too.
 */
export function AnotherProof({ flow, asked }: AnotherProofProps) {
  const t = useSignInWords()
  const verify = useVerify(flow, asked.signInId)
  const [chosen, setChosen] = useState<Way | undefined>(asked.ways[0])
  return (
    <Door title={t('another.title')} text={t(reasonOf(asked))}>
      <Stack>
        {chosen === 'email' && <ByEmail verify={verify} />}
        {chosen === 'password' && <ByPassword verify={verify} />}
        <OtherWays
          ways={asked.ways}
          chosen={chosen}
          wordOf={(way) => t(`another.${way}`)}
          onChoose={(way) => {
            verify.reset()
            setChosen(way)
          }}
          onAgain={() => flow.go({ at: 'start' })}
        />
        <WaysOut ways={asked.waysOut} />
      </Stack>
    </Door>
  )
}

function reasonOf({ isLent, waysOut }: AnotherProofAsked) {
  if (isLent) return 'another.lent'
  return waysOut.length > 0 ? 'another.text' : 'another.unproven'
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
