import { z } from 'zod'
import { Id, Instant, text } from '../../kernel/fields.ts'

/** What a person proves beside a password or a code (ACC-8). */
export const secondFactors = ['authenticator', 'passkey', 'recovery_code'] as const
export const SecondFactor = z
  .enum(secondFactors)
  .describe('Code of an authenticator app, passkey, or recovery code')
export type SecondFactor = z.infer<typeof SecondFactor>

export const PasskeyName = text(60).describe('What the person calls the device or key, e.g. `Phone`')

export const Passkey = z.object({
  passkeyId: Id,
  name: PasskeyName,
  addedAt: Instant,
  lastUsedAt: Instant.nullable().describe('Null: never used yet'),
  isSynced: z.boolean().describe('Whether its maker copies it to other devices of the person'),
  isFrozen: z.boolean().describe('Whether an objection keeps it from being used (ACC-9)'),
})
export type Passkey = z.infer<typeof Passkey>

/** Bytes in base64url, as WebAuthn writes them in JSON. */
function bytes(maxLength: number) {
  return z
    .string()
    .min(1)
    .max(maxLength)
    .regex(/^[A-Za-z0-9_-]*$/, 'is not base64url')
}

const CredentialId = bytes(1400).describe('Id of the credential, base64url')

const CredentialReference = z.object({
  id: CredentialId,
  type: z.literal('public-key').describe('Kind of credential'),
  transports: z
    .array(z.string().max(20).describe('Transport'))
    .max(10)
    .optional()
    .describe('How the browser reaches it'),
})

const Verification = z.enum(['required', 'preferred']).describe('Whether PIN or fingerprint are asked for')

/** `PublicKeyCredentialRequestOptionsJSON` of WebAuthn: for `startAuthentication` of a browser. */
export const PasskeyQuestion = z
  .object({
    challenge: bytes(200).describe('What the passkey signs'),
    rpId: z.string().max(253).describe('Host name that the passkeys belong to'),
    timeout: z.int().describe('Milliseconds that the browser waits'),
    userVerification: Verification,
    allowCredentials: z
      .array(CredentialReference)
      .max(50)
      .optional()
      .describe('Which passkeys fit; left out where any passkey of this site does'),
  })
  .describe('WebAuthn options to read a passkey')
export type PasskeyQuestion = z.infer<typeof PasskeyQuestion>

/** `PublicKeyCredentialCreationOptionsJSON` of WebAuthn: for `startRegistration` of a browser. */
export const NewPasskeyQuestion = z
  .object({
    rp: z
      .object({
        id: z.string().max(253).describe('Host name that the passkey will belong to'),
        name: z.string().max(60).describe('Name shown by the browser'),
      })
      .describe('This site'),
    user: z
      .object({
        id: bytes(88).describe('The account, as the passkey keeps it'),
        name: z.string().max(254).describe('E-mail address, phone or name of the person'),
        displayName: z.string().max(100).describe('Name of the person'),
      })
      .describe('The person'),
    challenge: bytes(200).describe('What the new passkey answers to'),
    pubKeyCredParams: z
      .array(
        z.object({
          type: z.literal('public-key').describe('Kind of credential'),
          alg: z.int().describe('COSE number of the algorithm'),
        }),
      )
      .max(10)
      .describe('Algorithms that fit'),
    timeout: z.int().describe('Milliseconds that the browser waits'),
    excludeCredentials: z.array(CredentialReference).max(50).describe('Passkeys that are there already'),
    authenticatorSelection: z
      .object({
        residentKey: z.literal('required').describe('It signs in without a typed name'),
        requireResidentKey: z.literal(true).describe('The same for older browsers'),
        userVerification: Verification,
      })
      .describe('Which devices fit'),
    attestation: z.literal('none').describe('The maker of the device is not asked for'),
  })
  .describe('WebAuthn options to make a passkey')
export type NewPasskeyQuestion = z.infer<typeof NewPasskeyQuestion>

const credentialFields = {
  id: CredentialId,
  rawId: CredentialId,
  type: z.literal('public-key').describe('Kind of credential'),
}

/** `AuthenticationResponseJSON` of WebAuthn; what else the browser adds is left aside. */
export const PasskeyAnswer = z
  .object({
    ...credentialFields,
    response: z
      .object({
        clientDataJSON: bytes(4000).describe('What the browser says of the request'),
        authenticatorData: bytes(4000).describe('What the device says'),
        signature: bytes(8000).describe('Signature over both'),
        userHandle: bytes(88).nullish().describe('The account, as the passkey keeps it'),
      })
      .describe('Answer of the device'),
  })
  .describe('What `startAuthentication` gave')
export type PasskeyAnswer = z.infer<typeof PasskeyAnswer>

/** `RegistrationResponseJSON` of WebAuthn; what else the browser adds is left aside. */
export const NewPasskeyAnswer = z
  .object({
    ...credentialFields,
    response: z
      .object({
        clientDataJSON: bytes(4000).describe('What the browser says of the request'),
        attestationObject: bytes(16_000).describe('The new credential'),
        transports: z
          .array(z.string().min(1).max(20).describe('Transport'))
          .max(10)
          .optional()
          .describe('How the browser reaches it'),
      })
      .describe('Answer of the device'),
  })
  .describe('What `startRegistration` gave')
export type NewPasskeyAnswer = z.infer<typeof NewPasskeyAnswer>

/** Code of an authenticator app (TOTP, RFC 6238: six digits, 30 s). */
export const AuthenticatorCode = z
  .string()
  .max(20)
  .transform((given) => given.replace(/\s/g, ''))
  .pipe(z.string().regex(/^\d{6}$/))
  .describe('Six digits that the authenticator app shows')

/** Spaces, hyphens and capitals do not matter. */
export const RecoveryCode = z.string().min(1).max(60).describe('A recovery code, as it was shown')

/** One second factor as a person gives it. */
export type GivenFactor =
  | { readonly authenticatorCode: string }
  | { readonly recoveryCode: string }
  | { readonly passkey: PasskeyAnswer }

export const RecoveryCodes = z
  .array(z.string().max(40).describe('Works once'))
  .max(10)
  .optional()
  .describe('Ten new codes, shown once; earlier ones have ended. Left out when the request is repeated')

export const Factors = z.object({
  passkeys: z.array(Passkey).max(50).describe('The newest first'),
  authenticator: z
    .object({
      addedAt: Instant,
      lastUsedAt: Instant.nullable().describe('Null: never used yet'),
      isFrozen: z.boolean().describe('Whether an objection keeps it from being used (ACC-9)'),
    })
    .nullable()
    .describe('The authenticator app; null: none'),
  recoveryCodes: z
    .object({
      left: z.int().min(0).max(10).describe('Codes that work still'),
      isLow: z.boolean().describe('Whether it is time for new ones: at most three are left'),
      madeAt: Instant,
    })
    .nullable()
    .describe('Null while there is neither passkey nor authenticator app'),
})
export type Factors = z.infer<typeof Factors>
