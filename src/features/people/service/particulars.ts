import { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { parsePhone } from '../../../platform/phone/phone.ts'
import { type DepartmentPlace, memberRefusal } from '../model.ts'
import { keepDepartments } from '../store.ts'

const countryOfBareNumbers = 'CN'

/** A member's mobile in E.164. @throws Refusal `member.mobile_invalid` */
export function normaliseMobile(text: string): string {
  const phone = parsePhone(text, countryOfBareNumbers)
  if (!phone || phone.type === 'landline' || phone.type === 'toll_free') {
    throw new Refusal(memberRefusal.mobileInvalid, { mobile: text })
  }
  return phone.e164
}

// RFC 3261, without what a destination has no use for: a password, headers that the caller's telephone would send, and
// escaped control characters, which a telephone system that unescapes too early would take for the end of a line.
const sipUri =
  /^sips?:(?:(?:[\w.!~*'()&=+$,;/-]|%(?![01]|7f)[\da-f]{2})+@)?(?:[a-z\d](?:[a-z\d.-]*[a-z\d])?|\[[\da-f:.]+\])(?::\d{1,5})?(?:;[\w.!~*'()/:&+$[\]-]+(?:=[\w.!~*'()/:&+$[\]-]+)?)*$/i

/**
 * Where a member's calls ring: a number in E.164, or a SIP URI with its scheme in small letters.
 * @throws Refusal `member.destination_invalid`
 */
export function normaliseDestination(text: string): string {
  const trimmed = text.trim()
  if (sipUri.test(trimmed)) return trimmed.replace(/^sips?/i, (scheme) => scheme.toLowerCase())
  const phone = parsePhone(trimmed, countryOfBareNumbers)
  if (!phone) throw new Refusal(memberRefusal.destinationInvalid, { destination: text })
  return phone.e164
}

/** Keeps the departments of a member from going away until the commit. @throws Refusal `thing.not_found` */
export async function requirePlaces(tx: Tx, places: readonly DepartmentPlace[]): Promise<void> {
  const kept = await keepDepartments(
    tx,
    places.map((place) => place.departmentId),
  )
  const missing = places.find((place) => !kept.has(place.departmentId))
  if (missing) {
    throw new Refusal(httpRefusal.notFound, { thing: 'department' }, { departmentId: missing.departmentId })
  }
}
