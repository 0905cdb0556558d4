import { z } from 'zod'
import { isPrivateOnTheWay } from '../net/ask-outside.ts'

const Address = z
  .url({ protocol: /^https?$/, error: 'must be an address such as https://example.com/path' })
  .max(500)
  .refine(isPrivateOnTheWay, 'must begin with https://, since secrets go there')
const Secret = z.string().min(1).max(500)

const common = {
  /** App id, corp id or client id, as the provider calls it. */
  clientId: Secret,
  secret: Secret,
}
// An id that changes locks people out: who has no unionid yet and may get one later says `openid` from the start.
const subject = z.enum(['unionid', 'openid']).default('unionid')

const wechatToken = 'https://api.weixin.qq.com/sns/oauth2/access_token'
const wechatUser = 'https://api.weixin.qq.com/sns/userinfo'

// The public addresses of the vendors, as their documentation has them.
export const OauthConfig = z.strictObject({
  wechat: z
    .strictObject({
      ...common,
      subject,
      authorizeUrl: Address.default('https://open.weixin.qq.com/connect/qrconnect'),
      tokenUrl: Address.default(wechatToken),
      userUrl: Address.default(wechatUser),
      scope: Secret.default('snsapi_login'),
    })
    .optional(),
  wecom: z
    .strictObject({
      ...common,
      agentId: Secret,
      authorizeUrl: Address.default('https://login.work.weixin.qq.com/wwlogin/sso/login'),
      tokenUrl: Address.default('https://qyapi.weixin.qq.com/cgi-bin/gettoken'),
      userUrl: Address.default('https://qyapi.weixin.qq.com/cgi-bin/auth/getuserinfo'),
    })
    .optional(),
  qq: z
    .strictObject({
      ...common,
      subject,
      authorizeUrl: Address.default('https://graph.qq.com/oauth2.0/authorize'),
      tokenUrl: Address.default('https://graph.qq.com/oauth2.0/token'),
      openidUrl: Address.default('https://graph.qq.com/oauth2.0/me'),
      userUrl: Address.default('https://graph.qq.com/user/get_user_info'),
      scope: Secret.default('get_user_info'),
    })
    .optional(),
  wechat_official: z
    .strictObject({
      ...common,
      subject,
      authorizeUrl: Address.default('https://open.weixin.qq.com/connect/oauth2/authorize'),
      tokenUrl: Address.default(wechatToken),
      userUrl: Address.default(wechatUser),
      scope: z.enum(['snsapi_base', 'snsapi_userinfo']).default('snsapi_userinfo'),
    })
    .optional(),
})
/** Which outside accounts people may sign in with, and where the providers are. */
export type OauthConfig = z.output<typeof OauthConfig>
