import type { Clock } from '../clock/clock.ts'
import type { Provider } from './ask-provider.ts'
import type { OauthConfig } from './config.ts'
import { OauthError, type OauthKind, type OauthProviders, oauthKinds } from './providers.ts'
import { createQq } from './qq.ts'
import { createWechat } from './wechat.ts'
import { createWecom } from './wecom.ts'

/** The providers that a configuration names. */
export function createOauthProviders(config: OauthConfig, clock: Clock): OauthProviders {
  const made: Partial<Record<OauthKind, Provider>> = {
    ...(config.wechat ? { wechat: createWechat(config.wechat) } : {}),
    ...(config.wecom ? { wecom: createWecom(config.wecom, clock) } : {}),
    ...(config.qq ? { qq: createQq(config.qq) } : {}),
    ...(config.wechat_official ? { wechat_official: createWechat(config.wechat_official) } : {}),
  }
  function providerOf(kind: OauthKind): Provider {
    const provider = made[kind]
    if (provider === undefined) throw new OauthError(`${kind} is not configured`, { reason: 'unavailable' })
    return provider
  }
  return {
    kinds: oauthKinds.filter((kind) => made[kind] !== undefined),
    authorizeUrl: (kind, input) => providerOf(kind).authorizeUrl(input),
    exchange: async (kind, input) => providerOf(kind).exchange(input),
  }
}
