import type { Instant } from '../../kernel/fields.ts'
import { addHours } from '../../kernel/instant.ts'
import type { RefusalRule } from '../../kernel/refusal.ts'
import type { IdentifierKind, LineStand } from '../accounts/model.ts'
import { signInRefusal } from './refusals.ts'

/** A phone that nobody signed in with for so long may be someone else's by now. */
const staleAfterHours = 90 * 24

/** How often one code, or one step, is tried. */
export const codeTries = 5

/** Whose an identifier is, and how it may be used. */
export interface Bound {
  readonly accountId: string
  readonly identifierId: string
  readonly state: 'active' | 'sealed' | 'erased'
  readonly canLogin: boolean
  readonly boundAt: Instant
  readonly lastUsedAt: Instant | null
  /** Since when an objection keeps it from being used; null for a free one. */
  readonly frozenAt: Instant | null
}

/** What is known of an identifier that somebody has just proved to have. */
export interface ProvedIdentifier {
  readonly kind: IdentifierKind
  /** Null where no account has it. */
  readonly bound: Bound | null
  /** How it stands to the numbers of companies (ACC-12). */
  readonly line: LineStand
  /** Whether there is something else that could be asked of its person: a password, or a proved e-mail address. */
  readonly hasOtherProof: boolean
  /** Whether the account was signed in to from this browser before. */
  readonly isKnownBrowser: boolean
  /** For signing in it has to be allowed; a new password needs what the account is bound to. */
  readonly isForSignIn: boolean
  readonly now: Instant
}

export type Verdict =
  | { readonly kind: 'no_account' }
  | { readonly kind: 'refused'; readonly rule: RefusalRule }
  | { readonly kind: 'admitted'; readonly bound: Bound; readonly needsAnotherProof: boolean }

/**
 * Decides what an identifier opens for whoever has it. A company's number opens the account of its present holder and
 * no other (ACC-12); of any other account nothing is said, whatever is the matter with it (ACC-4). A phone that nobody
 * signed in with for 90 days is not enough in a new browser (§6), nor is what a corporation gave to its member at WeCom.
 */
export function judge(proved: ProvedIdentifier): Verdict {
  const { bound } = proved
  if (bound === null) return { kind: 'no_account' }
  if (proved.line === 'of_others') return refuse(signInRefusal.stillLinked)
  const rule = refusalOf(bound, proved.isForSignIn)
  if (rule !== null) return refuse(proved.line === 'claimed' ? signInRefusal.stillLinked : rule)
  const needsAnotherProof = isDoubtful(proved) || isStalePhone(proved, bound) || isLent(proved)
  return { kind: 'admitted', bound, needsAnotherProof }
}

function refusalOf({ state, frozenAt, canLogin }: Bound, isForSignIn: boolean): RefusalRule | null {
  if (state !== 'active') return signInRefusal.sealed
  if (frozenAt !== null) return signInRefusal.identifierFrozen
  return isForSignIn && !canLogin ? signInRefusal.noLogin : null
}

function refuse(rule: RefusalRule): Verdict {
  return { kind: 'refused', rule }
}

// A company says that its number is in this account, and nothing shows whether it was its number when it was bound. Whoever
// has the number now is kept out by what else the person has; without any, a browser of theirs has to do.
function isDoubtful({ line, hasOtherProof, isKnownBrowser }: ProvedIdentifier): boolean {
  return line === 'claimed' && (hasOtherProof || !isKnownBrowser)
}

// A corporation names its people at WeCom, and its administrators could give such a name to themselves (ACC-1). So in a new
// browser it is not enough where the person has anything else; whoever has nothing else is not locked out.
function isLent({ kind, hasOtherProof, isKnownBrowser }: ProvedIdentifier): boolean {
  return kind === 'wecom' && hasOtherProof && !isKnownBrowser
}

function isStalePhone({ kind, isKnownBrowser, now }: ProvedIdentifier, bound: Bound): boolean {
  const lastUse = bound.lastUsedAt ?? bound.boundAt
  return kind === 'phone' && !isKnownBrowser && lastUse < addHours(now, -staleAfterHours)
}

const browsers: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger/, 'WeChat'],
  [/Edg/, 'Edge'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/Chrome|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
]
const systems: readonly (readonly [RegExp, string])[] = [
  [/Windows/, 'Windows'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
]

/**
 * A browser in words for a message, e.g. `Firefox, Windows`; null for one that is not known. What it says of itself is
 * anybody's text and must not reach a message.
 */
export function browserInWords(device: string | null): string | null {
  const found = [browsers, systems].map((names) => names.find(([form]) => form.test(device ?? ''))?.[1])
  return found.filter((word) => word !== undefined).join(', ') || null
}
