import { describe, expect, it } from 'vitest'
import { addHours } from '../../kernel/instant.ts'
import { type Bound, browserInWords, judge, type ProvedIdentifier } from './rules.ts'

const now = '2026-11-22T09:30:00.000000Z'

const bound: Bound = {
  accountId: 'a',
  identifierId: 'i',
  state: 'active',
  canLogin: true,
  boundAt: addHours(now, -24),
  lastUsedAt: null,
  frozenAt: null,
}

const proved: ProvedIdentifier = {
  kind: 'phone',
  bound,
  line: 'own',
  hasOtherProof: true,
  isKnownBrowser: false,
  isForSignIn: true,
  now,
}

function outcomeOf(facts: Partial<ProvedIdentifier>): string {
  const verdict = judge({ ...proved, ...facts })
  if (verdict.kind === 'refused') return verdict.rule.code
  return verdict.kind === 'admitted' && verdict.needsAnotherProof ? 'another proof' : verdict.kind
}

describe('what a proved identifier opens', () => {
  it.each<[string, Partial<ProvedIdentifier>, string]>([
    ['nobody has it', { bound: null }, 'no_account'],
    ['nobody has it, and it is a company number', { bound: null, line: 'of_others' }, 'no_account'],
    ['somebody has it', {}, 'admitted'],
    ['ACC-12 others hold it now, or nobody', { line: 'of_others' }, 'identifier.still_linked'],
    ['ACC-12 a company only says that it is its number', { line: 'claimed' }, 'another proof'],
    ['a company says so, in a browser of theirs', { line: 'claimed', isKnownBrowser: true }, 'another proof'],
    [
      'a company says so, and nothing else could be asked',
      { line: 'claimed', isKnownBrowser: true, hasOtherProof: false },
      'admitted',
    ],
    ['the same in a new browser', { line: 'claimed', hasOtherProof: false }, 'another proof'],
    ['ACC-1 a corporation gave it to its member at WeCom', { kind: 'wecom' }, 'another proof'],
    ['it is of WeCom, in a browser of theirs', { kind: 'wecom', isKnownBrowser: true }, 'admitted'],
    ['it is of WeCom, and nothing else could be asked', { kind: 'wecom', hasOtherProof: false }, 'admitted'],
    ['it may only verify', { bound: { ...bound, canLogin: false } }, 'identifier.no_login'],
    ['it is frozen', { bound: { ...bound, frozenAt: now } }, 'identifier.frozen'],
    ['its account is sealed', { bound: { ...bound, state: 'sealed' } }, 'account.sealed'],
    [
      'it may only verify, for a new password',
      { bound: { ...bound, canLogin: false }, isForSignIn: false },
      'admitted',
    ],
  ])('where %s', (_, facts, outcome) => {
    expect(outcomeOf(facts)).toBe(outcome)
  })

  it('ACC-4 tells nothing of the account of somebody else, whatever is the matter with it', () => {
    for (const odd of [
      {},
      { state: 'sealed' as const },
      { frozenAt: now },
      { canLogin: false },
      { lastUsedAt: addHours(now, -9000) },
    ]) {
      const facts = { line: 'of_others' as const, bound: { ...bound, ...odd } }
      expect(outcomeOf(facts)).toBe('identifier.still_linked')
    }
    for (const odd of [{ state: 'sealed' as const }, { frozenAt: now }, { canLogin: false }]) {
      expect(outcomeOf({ line: 'claimed', bound: { ...bound, ...odd } })).toBe('identifier.still_linked')
    }
  })

  const days = (count: number) => addHours(now, -24 * count)
  it.each<[string, Partial<ProvedIdentifier>, Partial<Bound>, string]>([
    ['91 days unused', {}, { lastUsedAt: days(91) }, 'another proof'],
    ['89 days unused', {}, { lastUsedAt: days(89) }, 'admitted'],
    ['91 days unused, in a known browser', { isKnownBrowser: true }, { lastUsedAt: days(91) }, 'admitted'],
    ['never used, bound 91 days ago', {}, { boundAt: days(91) }, 'another proof'],
    ['never used, bound yesterday', {}, {}, 'admitted'],
    ['an e-mail address, 91 days unused', { kind: 'email' }, { lastUsedAt: days(91) }, 'admitted'],
  ])('a phone: %s', (_, facts, account, outcome) => {
    expect(outcomeOf({ ...facts, bound: { ...bound, ...account } })).toBe(outcome)
  })
})

describe('a browser in words', () => {
  it.each([
    ['Mozilla/5.0 (Windows NT 10.0) Chrome/142.0 Safari/537.36 Edg/142.0', 'Edge, Windows'],
    ['Mozilla/5.0 (iPhone; like Mac OS X) MicroMessenger/8.0', 'WeChat, iOS'],
    ['Mozilla/5.0 (Linux; Android 16) Chrome/142.0 Safari/537.36', 'Chrome, Android'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/26 Safari/605', 'Safari, macOS'],
    ['Call this number at once', null],
    [null, null],
  ])('%s is %s', (device, words) => {
    expect(browserInWords(device)).toBe(words)
  })
})
