import { Button, PasswordInput, type PasswordInputProps, Stack, Text } from '@mantine/core'
import { type ReactNode, type RefObject, type SubmitEvent, useState } from 'react'
import { paths } from '../../../paths.ts'
import { ScreenLink } from '../../../ui/link.tsx'
import { AddressField } from '../../../ui/proof/address-field.tsx'
import { CodeField, isWholeCode } from '../../../ui/proof/code-field.tsx'
import { WaitingProblem } from '../../../ui/proof/waiting-problem.tsx'
import type { ProblemLike } from '../../../ui/states.tsx'
import { Door } from '../door.tsx'
import { useWaysBackWords } from './words.ts'

interface Sent {
  readonly isBusy: boolean
  readonly problem: ProblemLike | null
}

interface AddressFormProps extends Sent {
  readonly title: string
  readonly text: string
  readonly kinds: 'both' | 'email'
  /** What is wrong with the address. */
  readonly fault?: string | undefined
  readonly inputRef?: RefObject<HTMLInputElement | null>
  readonly onSend: (address: string) => void
}

/** First step of a way back: to which address a code goes. */
export function AddressForm(props: AddressFormProps) {
  const { title, text, kinds, fault, inputRef, isBusy, problem, onSend } = props
  const t = useWaysBackWords()
  const [value, setValue] = useState('')
  function submit(event: SubmitEvent) {
    event.preventDefault()
    onSend(value)
  }
  return (
    <Door title={title} text={text}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <AddressField
            kinds={kinds}
            value={value}
            onChange={setValue}
            error={fault}
            {...(inputRef ? { inputRef } : {})}
          />
          <WaitingProblem problem={problem} />
          <Button type="submit" size="md" loading={isBusy}>
            {t('forgot.send')}
          </Button>
          <ScreenLink to={paths.signIn()} size="sm">
            {t('back')}
          </ScreenLink>
        </Stack>
      </form>
    </Door>
  )
}

/** What was entered in the second step. */
export interface Proof {
  readonly code: string
  /** Empty where none was entered. */
  readonly password: string
}

interface ProofFormProps extends Sent {
  readonly title: string
  readonly text: string
  readonly password: Pick<PasswordInputProps, 'label' | 'description' | 'autoComplete' | 'minLength'>
  readonly isPasswordNeeded: boolean
  readonly action: string
  readonly onProve: (proof: Proof) => void
  /** Goes back to the address. */
  readonly onOther: () => void
  /** More to be done, such as another code. */
  readonly children?: ReactNode
}

/** Second step of a way back: the code that came, and a password. */
export function CodeAndPassword(props: ProofFormProps) {
  const { title, text, isPasswordNeeded, action, isBusy, problem, onProve, onOther } = props
  const t = useWaysBackWords()
  const [code, setCode] = useState('')
  const [password, setPassword] = useState('')
  const isReady = isWholeCode(code) && (password !== '' || !isPasswordNeeded)
  function submit(event: SubmitEvent) {
    event.preventDefault()
    onProve({ code, password })
  }
  return (
    <Door title={title} text={text}>
      <form onSubmit={submit}>
        <Stack>
          <CodeField value={code} onChange={setCode} autoFocus />
          <PasswordInput
            {...props.password}
            size="md"
            required={isPasswordNeeded}
            withAsterisk={false}
            maxLength={256}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <WaitingProblem problem={problem} />
          <Button type="submit" size="md" loading={isBusy} disabled={!isReady}>
            {action}
          </Button>
          {props.children}
          <Button variant="subtle" size="md" onClick={onOther}>
            {t('reset.other')}
          </Button>
        </Stack>
      </form>
    </Door>
  )
}

interface OutcomeProps {
  readonly title: string
  readonly text: string
}

/** The end of a way back. */
export function Outcome({ title, text }: OutcomeProps) {
  const t = useWaysBackWords()
  return (
    <Door title={title}>
      <Stack>
        <Text role="status">{text}</Text>
        <Button component="a" href={paths.signIn()} size="md">
          {t('signIn')}
        </Button>
      </Stack>
    </Door>
  )
}
