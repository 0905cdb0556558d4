import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type {
  NewPasskeyAnswer,
  NewPasskeyQuestion,
  PasskeyAnswer,
  PasskeyQuestion,
} from '../src/features/factors/model.ts'

/** Where a browser is, and what its device does; each member may lie. */
export interface Circumstances {
  readonly origin?: string
  readonly rpId?: string
  readonly challenge?: string
  /** Whether the device asked its person for PIN or fingerprint. */
  readonly isVerified?: boolean
  /** What the device counts, where it is not one more. */
  readonly uses?: number
  /** Leaves the account's name out of the answer. */
  readonly isNameless?: boolean
}

/** A device of a person that keeps one passkey, made by hand: ES256, attestation `none`, counting its uses. */
export interface Device {
  readonly credentialId: string
  make(question: NewPasskeyQuestion, circumstances?: Circumstances): NewPasskeyAnswer
  answer(question: PasskeyQuestion, circumstances?: Circumstances): PasskeyAnswer
}

/** The origin of a test world's Baton. */
const testOrigin = 'https://baton.test'

const userPresent = 0x01
const userVerified = 0x04
const hasCredential = 0x40

/** @param counts false for a device that always says zero, as most phones do */
export function createDevice({ counts = true }: { readonly counts?: boolean } = {}): Device {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const id = randomBytes(32)
  const credentialId = id.toString('base64url')
  let uses = 0
  let userHandle = ''

  function countOn(told: number | undefined): number {
    if (counts) uses = told ?? uses + 1
    return uses
  }

  return {
    credentialId,
    make(question, circumstances = {}) {
      userHandle = question.user.id
      const data = deviceData({
        rpId: question.rp.id,
        uses: countOn(undefined),
        flags: hasCredential,
        circumstances,
      })
      const credential = Buffer.concat([Buffer.alloc(16), uint16(id.length), id, publicKeyOf(x, y)])
      return {
        id: credentialId,
        rawId: credentialId,
        type: 'public-key',
        response: {
          clientDataJSON: clientData('webauthn.create', question.challenge, circumstances).toString(
            'base64url',
          ),
          attestationObject: attestation(Buffer.concat([data, credential])).toString('base64url'),
          transports: ['internal'],
        },
      }
    },
    answer(question, circumstances = {}) {
      const data = deviceData({
        rpId: question.rpId,
        uses: countOn(circumstances.uses),
        flags: 0,
        circumstances,
      })
      const client = clientData('webauthn.get', question.challenge, circumstances)
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), privateKey)
      return {
        id: credentialId,
        rawId: credentialId,
        type: 'public-key',
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: signature.toString('base64url'),
          ...(circumstances.isNameless ? {} : { userHandle }),
        },
      }
    },
  }
}

function clientData(type: string, challenge: string, circumstances: Circumstances): Buffer {
  const { origin = testOrigin } = circumstances
  return Buffer.from(
    JSON.stringify({ type, challenge: circumstances.challenge ?? challenge, origin, crossOrigin: false }),
  )
}

interface DeviceSays {
  readonly rpId: string
  readonly uses: number
  readonly flags: number
  readonly circumstances: Circumstances
}

// WebAuthn §6.1: hash of the site, flags, counter.
function deviceData({ rpId, uses, flags, circumstances }: DeviceSays): Buffer {
  const { isVerified = true } = circumstances
  const counter = Buffer.alloc(4)
  counter.writeUInt32BE(uses)
  const all = flags | userPresent | (isVerified ? userVerified : 0)
  return Buffer.concat([sha256(circumstances.rpId ?? rpId), Buffer.from([all]), counter])
}

// A COSE key of ES256 as CBOR (RFC 9053): {1: 2, 3: -7, -1: 1, -2: x, -3: y}.
function publicKeyOf(x: string, y: string): Buffer {
  const point = [x, y].map((part) => Buffer.concat([Buffer.from([0x58, 32]), Buffer.from(part, 'base64url')]))
  return Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
    point[0] ?? Buffer.alloc(0),
    Buffer.from([0x22]),
    point[1] ?? Buffer.alloc(0),
  ])
}

// {"fmt": "none", "attStmt": {}, "authData": bytes} as CBOR.
function attestation(data: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from([0xa3]),
    cborText('fmt'),
    cborText('none'),
    cborText('attStmt'),
    Buffer.from([0xa0]),
    cborText('authData'),
    Buffer.from([0x59]),
    uint16(data.length),
    data,
  ])
}

function cborText(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)])
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}

function sha256(data: Buffer | string): Buffer {
  return createHash('sha256').update(data).digest()
}
