import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput } from '../../../kernel/route.ts'
import { hashSecret, newSecret } from '../../../platform/crypto/secret.ts'
import { Reply } from '../../../platform/http/bind.ts'
import { deviceDays, forgetInBrowser, noteDevice, takeCode, useChallenge } from '../../accounts/index.ts'
import type { signInContract } from '../contract.ts'
import { signInRefusal } from '../refusals.ts'
import type { Visit } from './visit.ts'

type Route = (typeof signInContract)['allowBrowser']

/**
 * Makes a browser one that its person used before, by the link that was sent when too many guesses had failed; those in
 * this browser count no more. It signs nobody in.
 * @throws Refusal `sign_in.browser_link_invalid`
 */
export async function allowBrowser(
  { context, parts }: Visit,
  { body }: RouteInput<Route>,
): Promise<Reply<undefined>> {
  const [challengeId = '', secret = ''] = body.token.split('.')
  if (!/^[0-9a-f-]{36}$/.test(challengeId)) throw new Refusal(signInRefusal.browserLinkInvalid)
  return context.open(async (tx) => {
    const given = { challengeId, purpose: 'allow_browser', code: secret, sessionId: null } as const
    const { accountId } = await takeCode(tx, parts.vault, given).catch(() => ({ accountId: null }))
    if (accountId === null) throw new Refusal(signInRefusal.browserLinkInvalid)
    await useChallenge(tx, challengeId, 'allow_browser')
    const { deviceHash } = context
    const cookie = newSecret()
    const allowed = deviceHash ?? hashSecret(cookie)
    await tx.inAccount(accountId, async (inside) => noteDevice(inside, allowed))
    forgetInBrowser(tx, parts.vault, { accountId, deviceHash: allowed })
    const setDevice = { value: cookie, maxAgeSeconds: deviceDays * 86_400 }
    return new Reply(undefined, deviceHash === null ? { setDevice } : {})
  })
}
