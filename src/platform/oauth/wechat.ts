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

type WechatConfig = NonNullable<OauthConfig['wechat'] | OauthConfig['wechat_official']>

const Failed = z.object({ errcode: z.number().refine((code) => code !== 0) })
const Token = z.object({
  access_token: z.string().min(1),
  openid: Subject,
  unionid: Subject.optional(),
  scope: z.string().optional(),
})
const User = z.object({ openid: Subject, unionid: Subject.optional(), nickname: DisplayName.optional() })

// Wrong, used and expired codes: the global return codes of developers.weixin.qq.com.
const codeFaults = new Set([40029, 40163, 41008, 42003])

/**
 * WeChat and its public platform. Both answer 200 with an `errcode` where something is wrong. Who the person is tells
 * `unionid`, which is the same for all apps of one developer; an app that stands alone has `openid` only.
 */
export function createWechat(config: WechatConfig): Provider {
  return {
    authorizeUrl({ state, redirectUri }) {
      const query = {
        appid: config.clientId,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: config.scope,
        state,
      }
      // WeChat opens its page for an address with this end only.
      return `${withQuery(config.authorizeUrl, query)}#wechat_redirect`
    },
    async exchange({ code }) {
      requireCode(code)
      const token = await askWechat(Token, config.tokenUrl, {
        appid: config.clientId,
        secret: config.secret,
        code,
        grant_type: 'authorization_code',
      })
      const subjectOf = (unionid: string | undefined) =>
        (config.subject === 'unionid' ? unionid : undefined) ?? token.openid
      if (token.scope === 'snsapi_base') return { subject: subjectOf(token.unionid), displayName: null }
      const user = await askWechat(User, config.userUrl, {
        access_token: token.access_token,
        openid: token.openid,
        lang: 'zh_CN',
      })
      if (user.openid !== token.openid)
        throw new OauthError('the provider mixed two people up', { reason: 'unavailable' })
      return { subject: subjectOf(user.unionid ?? token.unionid), displayName: user.nickname ?? null }
    },
  }
}

async function askWechat<Schema extends z.ZodType>(
  schema: Schema,
  address: string,
  query: Readonly<Record<string, string>>,
): Promise<z.output<Schema>> {
  const answer = parsedJson((await askProvider(address, query)).text)
  const failed = Failed.safeParse(answer)
  if (!failed.success) return readAs(schema, answer)
  const { errcode } = failed.data
  throw new OauthError(`WeChat answered ${errcode}`, {
    reason: codeFaults.has(errcode) ? 'denied' : 'unavailable',
  })
}
