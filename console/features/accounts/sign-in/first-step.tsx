import { Button, Divider, Group, PasswordInput, Stack, Text } from '@mantine/core'
import type { Answer } from '../../../api/client.ts'
import { paths } from '../../../paths.ts'
import { ScreenLink } from '../../../ui/link.tsx'
import { AddressField } from '../../../ui/proof/address-field.tsx'
import { hasPasskeys } from '../../../ui/proof/passkey.ts'
import { WaitingProblem } from '../../../ui/proof/waiting-problem.tsx'
import { ProblemAlert } from '../../../ui/states.tsx'
import type { Flow } from './flow.ts'
import { OutsideWays } from './outside-ways.tsx'
import { useAddressForm } from './use-address-form.ts'
import { usePasskeySignIn } from './use-passkey-sign-in.ts'
import { useSignInWords } from './words.ts'

type Ways = Pick<Answer<'readSignInWays'>, 'email' | 'phone'> & {
  readonly passkey: boolean
  readonly oauth: readonly Answer<'readSignInWays'>['oauth'][number][]
}

interface FirstStepProps {
  readonly ways: Ways
  readonly flow: Flow
}

/** Who one is, and the ways to prove it: the password beside the address, so that a password manager knows both. */
export function FirstStep({ ways, flow }: FirstStepProps) {
  const t = useSignInWords()
  const passkey = usePasskeySignIn(flow)
  return (
    <Stack>
      <AddressForm ways={ways} flow={flow} onFirstFocus={ways.passkey ? passkey.offer : undefined} />
      {((ways.passkey && hasPasskeys()) || ways.oauth.length > 0) && <Divider label={t('or')} />}
      {ways.passkey && hasPasskeys() && (
        <Button variant="default" size="md" onClick={passkey.ask} loading={passkey.isBusy}>
          {t('passkey')}
        </Button>
      )}
      <ProblemAlert problem={passkey.problem} />
      <OutsideWays kinds={ways.oauth} />
      <Text size="sm" c="dimmed">
        {t('help')}
      </Text>
      <Group gap="md">
        <ScreenLink to={paths.recoverAccount()} size="sm">
          {t('recover')}
        </ScreenLink>
      </Group>
    </Stack>
  )
}

interface FormProps extends FirstStepProps {
  readonly onFirstFocus: (() => void) | undefined
}

function AddressForm({ ways, flow, onFirstFocus }: FormProps) {
  const t = useSignInWords()
  const form = useAddressForm(flow, ways)
  const { address, password, fault } = form
  return (
    <form onSubmit={form.submit} onFocus={onFirstFocus} noValidate>
      <Stack>
        <AddressField
          kinds={ways.phone ? 'both' : 'email'}
          value={address}
          onChange={form.setAddress}
          autoComplete="username webauthn"
          inputRef={form.addressField}
          error={fault === 'address' ? t(ways.phone ? 'address.both' : 'address.email') : undefined}
        />
        <PasswordInput
          ref={form.passwordField}
          label={t('password')}
          autoComplete="current-password"
          size="md"
          maxLength={256}
          value={password}
          onChange={(event) => form.setPassword(event.currentTarget.value)}
          error={fault === 'password' ? t(form.hasCodes ? 'password.orCode' : 'password.needed') : undefined}
        />
        {fault === 'phone' && (
          <Text size="sm" role="alert">
            {t('password.notForPhones')}
          </Text>
        )}
        <WaitingProblem problem={form.problem} />
        <Button type="submit" size="md" loading={form.isSigningIn}>
          {t('submit')}
        </Button>
        {form.hasCodes && (
          <Button variant="default" size="md" onClick={form.sendCode} loading={form.isSending}>
            {t('sendCode')}
          </Button>
        )}
        <ScreenLink to={paths.forgotPassword()} size="sm">
          {t('forgot')}
        </ScreenLink>
      </Stack>
    </form>
  )
}
