import { z } from 'zod'
import type { Clock } from '../clock/clock.ts'
import {
  askProvider,
  type Provider,
  parsedJson,
  readAs,
  requireCode,
  Subject,
  withQuery,
} from './ask-provider.ts'
import type { OauthConfig } from './config.ts'
import { OauthError } from './providers.ts'

type WecomConfig = NonNullable<OauthConfig['wecom']>

const Answer = z.looseObject({ errcode: z.number() })
const Token = z.object({ access_token: z.string().min(1), expires_in: z.number().positive().max(86_400) })
// The older of WeCom's two questions answers with capitals.
const User = z.object({ userid: Subject.optional(), UserId: Subject.optional() })

const codeFault = 40029
const tokenFaults = new Set([40014, 42001])
// WeCom may end a token early, but not before it says; a margin for the way there.
const marginSeconds = 300

/**
 * WeCom: the app's own token first, which WeCom gives out rarely, so that it is kept while it works; then who came with
 * the code. A `userid` is unique in its corporation only, and in any case of letters; outsiders have none.
 */
export function createWecom(config: WecomConfig, clock: Clock): Provider {
  let kept: { readonly token: Promise<string>; endsAt: number } | undefined

  async function fetchToken(mine: { endsAt: number }): Promise<string> {
    const query = { corpid: config.clientId, corpsecret: config.secret }
    const { answer, errcode } = await askWecom(config.tokenUrl, query)
    if (errcode !== 0) throw new OauthError(`WeCom answered ${errcode}`, { reason: 'unavailable' })
    const { access_token, expires_in } = readAs(Token, answer)
    mine.endsAt = clock.now().getTime() + Math.max(0, expires_in - marginSeconds) * 1000
    return access_token
  }

  function tokenOf(): Promise<string> {
    if (kept !== undefined && kept.endsAt > clock.now().getTime()) return kept.token
    // Many who come at once ask once.
    const mine = { endsAt: Number.POSITIVE_INFINITY }
    const token = fetchToken(mine)
    const held = Object.assign(mine, { token })
    kept = held
    token.catch(() => {
      if (kept === held) kept = undefined
    })
    return token
  }

  async function whoHas(code: string, isRepeated: boolean): Promise<unknown> {
    const { answer, errcode } = await askWecom(config.userUrl, { access_token: await tokenOf(), code })
    if (errcode === 0) return answer
    if (tokenFaults.has(errcode) && !isRepeated) {
      kept = undefined
      return whoHas(code, true)
    }
    throw new OauthError(`WeCom answered ${errcode}`, {
      reason: errcode === codeFault ? 'denied' : 'unavailable',
    })
  }

  return {
    authorizeUrl: ({ state, redirectUri }) =>
      withQuery(config.authorizeUrl, {
        login_type: 'CorpApp',
        appid: config.clientId,
        agentid: config.agentId,
        redirect_uri: redirectUri,
        state,
      }),
    async exchange({ code }) {
      requireCode(code)
      const user = readAs(User, await whoHas(code, false))
      const userid = user.userid ?? user.UserId
      if (userid === undefined)
        throw new OauthError('the person is no member of the corporation', { reason: 'denied' })
      return { subject: `${config.clientId}/${userid.toLowerCase()}`, displayName: null }
    },
  }
}

async function askWecom(
  address: string,
  query: Readonly<Record<string, string>>,
): Promise<{ answer: unknown; errcode: number }> {
  const answer = readAs(Answer, parsedJson((await askProvider(address, query)).text))
  return { answer, errcode: answer.errcode }
}
