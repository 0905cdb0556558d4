import { Button, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { CodeField, isWholeCode } from '../../../ui/proof/code-field.tsx'
import { hasPasskeys } from '../../../ui/proof/passkey.ts'
import { WaitingProblem } from '../../../ui/proof/waiting-problem.tsx'
import { Door } from '../door.tsx'
import type { Flow, SecondFactorAsked } from './flow.ts'
import { OtherWays } from './other-ways.tsx'
import { ProofForm } from './proof-form.tsx'
import { useVerify } from './use-verify.ts'
import { useSignInWords } from './words.ts'

type Way = SecondFactorAsked['ways'][number]
const preference: readonly Way[] = ['passkey', 'authenticator', 'recovery_code']

interface SecondFactorProps {
  readonly flow: Flow
  readonly asked: SecondFactorAsked
}

/** The account asks for more than the first proof: one of what it has, the quickest first. */
export function SecondFactor({ flow, asked }: SecondFactorProps) {
  const t = useSignInWords()
  const verify = useVerify(flow, asked.signInId)
  const ways = preference.filter(
    (way) => asked.ways.includes(way) && (way !== 'passkey' || (asked.passkey !== null && hasPasskeys())),
  )
  const [chosen, setChosen] = useState<Way | undefined>(ways[0])
  return (
    <Door title={t('second.title')} text={t('second.text')}>
      <Stack>
        {chosen === undefined && <Text>{t('second.none')}</Text>}
        {chosen === 'passkey' && <ByPasskey verify={verify} options={asked.passkey ?? {}} />}
        {chosen === 'authenticator' && <ByAuthenticator verify={verify} />}
        {chosen === 'recovery_code' && <ByRecoveryCode verify={verify} />}
        <OtherWays
          ways={ways}
          chosen={chosen}
          wordOf={(way) => t(`second.${way}`)}
          onChoose={(way) => {
            verify.reset()
            setChosen(way)
          }}
          onAgain={() => flow.go({ at: 'start' })}
        />
      </Stack>
    </Door>
  )
}

type Verify = ReturnType<typeof useVerify>

// When the button is pressed: a browser asks for a passkey only after that.
function ByPasskey({ verify, options }: { readonly verify: Verify; readonly options: object }) {
  const t = useSignInWords()
  return (
    <>
      <Text size="sm">{t('passkey.text')}</Text>
      <WaitingProblem problem={verify.isBusy ? null : verify.problem} />
      <Button size="md" onClick={() => verify.askPasskey(options)} loading={verify.isBusy}>
        {t('passkey')}
      </Button>
    </>
  )
}

function ByAuthenticator({ verify }: { readonly verify: Verify }) {
  const t = useSignInWords()
  const [code, setCode] = useState('')
  return (
    <ProofForm
      action={t('submit')}
      isReady={isWholeCode(code)}
      isBusy={verify.isBusy}
      problem={verify.problem}
      onSubmit={() => verify.give({ authenticatorCode: code })}
    >
      <CodeField
        label={t('second.authenticatorCode')}
        description={t('second.authenticatorText')}
        value={code}
        onChange={setCode}
        onWhole={(authenticatorCode) => {
          if (!verify.isBusy) verify.give({ authenticatorCode })
        }}
        autoFocus
      />
    </ProofForm>
  )
}

function ByRecoveryCode({ verify }: { readonly verify: Verify }) {
  const t = useSignInWords()
  const [recoveryCode, setCode] = useState('')
  return (
    <ProofForm
      action={t('submit')}
      isReady={recoveryCode.trim() !== ''}
      isBusy={verify.isBusy}
      problem={verify.problem}
      onSubmit={() => verify.give({ recoveryCode })}
    >
      <TextInput
        label={t('second.recovery_code')}
        description={t('second.recoveryText')}
        size="md"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={60}
        autoFocus
        value={recoveryCode}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
    </ProofForm>
  )
}
