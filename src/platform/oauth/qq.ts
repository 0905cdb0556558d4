import { z } from 'zod'
import {
  askProvider,
  DisplayName,
  type Provider,
  parsedJson,
  readAs,
  requireCode,
  Subject,
  withQuery,
} from './ask-provider.ts'
import type { OauthConfig } from './config.ts'
import { OauthError } from './providers.ts'

type QqConfig = NonNullable<OauthConfig['qq']>

const Failed = z.object({ error: z.coerce.number() })
const Token = z.object({ access_token: z.string().min(1) })
const Openid = z.object({ client_id: z.coerce.string(), openid: Subject, unionid: Subject.optional() })
const User = z.object({ ret: z.literal(0), nickname: DisplayName.optional() })

// Wrong, used and expired codes: the common return codes of wiki.connect.qq.com.
const codeFaults = new Set([100018, 100019, 100020, 100030])
// The developer has no unionid.
const noUnionid = 100048

/**
 * QQ: asked for JSON it answers JSON, but errors still come as `callback( … );` and older apps get form fields. Who the
 * person is tells a question of its own; `unionid` where the developer has it, else `openid`.
 */
export function createQq(config: QqConfig): Provider {
  return {
    authorizeUrl: ({ state, redirectUri }) =>
      withQuery(config.authorizeUrl, {
        response_type: 'code',
        client_id: config.clientId,
        redirect_uri: redirectUri,
        state,
        scope: config.scope,
      }),
    async exchange({ code, redirectUri }) {
      requireCode(code)
      const { access_token } = await askQq(Token, config.tokenUrl, {
        grant_type: 'authorization_code',
        client_id: config.clientId,
        client_secret: config.secret,
        code,
        redirect_uri: redirectUri,
        fmt: 'json',
      })
      const { client_id, openid, unionid } = await openidOf(config, access_token)
      // A token of another app says nothing about who is here.
      if (client_id !== config.clientId)
        throw new OauthError('the token belongs to another app', { reason: 'denied' })
      return { subject: unionid ?? openid, displayName: await nameOf(config, access_token, openid) }
    },
  }
}

async function openidOf({ openidUrl, subject }: QqConfig, access_token: string) {
  const query = { access_token, fmt: 'json' }
  if (subject === 'openid') return { ...(await askQq(Openid, openidUrl, query)), unionid: undefined }
  try {
    return await askQq(Openid, openidUrl, { ...query, unionid: '1' })
  } catch (error) {
    if (!(error instanceof QqFault) || error.code !== noUnionid) throw error
    return askQq(Openid, openidUrl, query)
  }
}

class QqFault extends OauthError {
  readonly code: number
  constructor(code: number) {
    super(`QQ answered ${code}`, { reason: codeFaults.has(code) ? 'denied' : 'unavailable' })
    this.code = code
  }
}

// The name is for show: without it the person is still known.
async function nameOf(config: QqConfig, access_token: string, openid: string): Promise<string | null> {
  try {
    const query = { access_token, oauth_consumer_key: config.clientId, openid }
    return (await askQq(User, config.userUrl, query)).nickname ?? null
  } catch (error) {
    if (error instanceof OauthError) return null
    throw error
  }
}

async function askQq<Schema extends z.ZodType>(
  schema: Schema,
  address: string,
  query: Readonly<Record<string, string>>,
): Promise<z.output<Schema>> {
  const answer = unwrapped((await askProvider(address, query)).text)
  const failed = Failed.safeParse(answer)
  if (!failed.success) return readAs(schema, answer)
  throw new QqFault(failed.data.error)
}

function unwrapped(text: string): unknown {
  const called = /^\s*callback\(\s*(\{.*\})\s*\)\s*;?\s*$/s.exec(text)?.[1]
  // Its own documentation shows errors with a comma too many.
  return (
    parsedJson((called ?? text).replace(/,\s*\}/, '}')) ??
    Object.fromEntries(new URLSearchParams(text.trim()))
  )
}
