import type { z } from 'zod'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { parsePhone } from '../../../platform/phone/phone.ts'
import { type JsonValue, record } from '../../audit/index.ts'
import { endsOf, foldForSearch, writeSearchTokens } from '../../people/index.ts'
import { type NewNumber, type NumberChange, numberRefusal, type PhoneNumber } from '../model.ts'
import { claimNumber, insertNumber, updateNumber as saveNumber } from '../store.ts'
import { findByLine } from '../views.ts'
import { loadFacts } from './facts.ts'
import { refuseStale } from './move.ts'
import { readNumber } from './read.ts'

const defaultCountry = 'CN'
const shortestSearch = 2

/**
 * Adds a number that the company owns, whatever way it is written; it starts parked and uses no licence yet.
 * @throws Refusal `number.invalid`, `number.already_owned`, `number.not_available`
 */
export async function addNumber(tx: Tx, asked: NewNumber): Promise<PhoneNumber> {
  const parsed = parsePhone(asked.number, asked.country ?? defaultCountry)
  if (!parsed) throw new Refusal(numberRefusal.invalid, { given: asked.number })
  const { e164, country } = parsed
  const numberId = tx.newId()
  if (!(await claimNumber(tx, e164, numberId))) {
    const own = await findByLine(tx, e164)
    throw own === null
      ? new Refusal(numberRefusal.notAvailable, { e164 })
      : new Refusal(numberRefusal.alreadyOwned, { e164 }, { numberId: own })
  }
  const type = asked.type ?? (parsed.type === 'other' ? 'landline' : parsed.type)
  const label = asked.label ?? null
  insertNumber(tx, { numberId, e164, country, type, label, fields: asked.fields })
  writeSearchTokens(tx, { word: 'number', subjectId: numberId, tokens: searchTokens(e164, label) })
  record(tx, {
    action: 'number.added',
    subjectKind: 'number',
    subjectId: numberId,
    effect: { country, type },
    details: { e164, label, fields: asked.fields },
  })
  return readNumber(tx, numberId)
}

/**
 * Changes what is noted about a number; who holds it is not touched.
 * @throws Refusal `thing.not_found`, `version.changed`, `number.released`
 */
export async function updateNumber(
  tx: Tx,
  change: { numberId: string; asked: z.infer<typeof NumberChange>; expectedVersion: number | null },
): Promise<PhoneNumber> {
  const { numberId, asked } = change
  const facts = await loadFacts(tx, numberId)
  refuseStale(facts, change.expectedVersion)
  const { row } = facts
  if (row.state === 'released') throw new Refusal(numberRefusal.released, { e164: row.e164 })
  const edit = {
    label: asked.label === undefined ? row.label : asked.label,
    type: asked.type ?? row.type,
    fields: asked.fields ?? row.fields,
  }
  saveNumber(tx, numberId, edit)
  writeSearchTokens(tx, { word: 'number', subjectId: numberId, tokens: searchTokens(row.e164, edit.label) })
  record(tx, {
    action: 'number.updated',
    subjectKind: 'number',
    subjectId: numberId,
    effect: { changed: Object.keys(asked) },
    details: { before: noted(row), after: noted(edit) },
  })
  return readNumber(tx, numberId)
}

interface Noted {
  readonly label: string | null
  readonly type: string
  readonly fields: Readonly<Record<string, string>>
}

function noted({ label, type, fields }: Noted): JsonValue {
  return { label, type, fields }
}

// Any run of digits is the beginning of an end of the number.
function searchTokens(e164: string, label: string | null): string[] {
  const words = (label ?? '').split(/\s+/u).map(foldForSearch)
  return [...new Set([...endsOf(e164.slice(1), shortestSearch), ...words.flatMap((word) => endsOf(word, 1))])]
}
