import { useRead } from '../../../api/read.ts'
import { Await } from '../../../ui/states.tsx'
import { Authenticator } from './authenticator.tsx'
import { Passkeys } from './passkeys.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'

/** What proves a person beside a password or a code: passkeys, an authenticator app, and codes for when both are lost. */
export function SecondFactors({ isFrozen }: { readonly isFrozen: boolean }) {
  const factors = useRead('listFactors', {})
  return (
    <Await query={factors}>
      {({ passkeys, authenticator, recoveryCodes }) => (
        <>
          <Passkeys passkeys={passkeys} isFrozen={isFrozen} />
          <Authenticator authenticator={authenticator} isFrozen={isFrozen} />
          {recoveryCodes && <RecoveryCodes codes={recoveryCodes} isFrozen={isFrozen} />}
        </>
      )}
    </Await>
  )
}
