import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import { maskIdentifier } from '../../accounts/index.ts'
import { sendMessage } from '../../messages/index.ts'
import type { signInContract } from '../contract.ts'
import { signInTemplates } from '../message-templates.ts'
import { addressOf, askCode } from './ask-code.ts'
import type { Visit } from './visit.ts'

type Route = (typeof signInContract)['forgetPassword']

/**
 * Sends a code to set a new password with. To an address that no account has goes a message that says so, and the answer
 * is the same, in bytes and time.
 * @throws Refusal `phone.unknown_form`, `sign_in.way_missing`, `code.too_many`, `code.too_many_nearby`
 */
export function forgetPassword(visit: Visit, { body }: RouteInput<Route>): Promise<RouteOutput<Route>> {
  const { context, parts, language } = visit
  const address =
    'email' in body ? addressOf(parts, 'email', body.email) : addressOf(parts, 'phone', body.phone)
  return context.open(async (tx) => {
    const asked = await askCode(tx, visit, { purpose: 'reset_password', address })
    const { bound, challengeId, code, expiresAt } = asked
    const to = { to: address, language, usefulUntil: expiresAt }
    if (bound === null) {
      sendMessage(tx, parts.vault, { ...to, template: signInTemplates.resetWithoutAccount, values: {} })
    } else {
      sendMessage(tx, parts.vault, { ...to, template: signInTemplates.resetCode, values: { code } })
    }
    return { resetId: challengeId, expiresAt, sentTo: maskIdentifier(address) }
  })
}
