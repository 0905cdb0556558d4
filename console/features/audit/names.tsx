import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Api } from '../../api/client.ts'
import { useApi } from '../../api/company.tsx'
import { paths } from '../../paths.ts'
import { useCommonWords } from '../../ui/common-words.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { usePhone } from '../../ui/phone.tsx'
import { type EntryWord, useEntryWords } from './entry-words.ts'
import { type About, type Entry, isUuid } from './facts.ts'
import { subjectKinds } from './ledger-filter.ts'

const keptMs = 300_000

const askers: Readonly<Record<string, (api: Api, id: string, signal: AbortSignal) => Promise<string>>> = {
  number: (api, numberId, signal) =>
    api.call('getNumber', { params: { numberId } }, { signal }).then(({ e164 }) => e164),
  member: (api, memberId, signal) =>
    api.call('readMember', { params: { memberId } }, { signal }).then(({ name }) => name),
}

/**
 * The name of a person or the number of a number by its id, as it is today; undefined while it is asked for, null
 * where it is not known any more. Kept for some minutes, and not asked for again with every decision.
 */
export function useNameOf(kind: string, id: string | null): string | null | undefined {
  const api = useApi()
  const ask = askers[kind]
  const isAsked = id !== null && isUuid(id) && ask !== undefined
  const { data, isError } = useQuery({
    queryKey: ['ledger-names', api.company, kind, id],
    queryFn: ({ signal }) => ask?.(api, id ?? '', signal) ?? null,
    enabled: isAsked,
    staleTime: keptMs,
  })
  return data ?? (isAsked && !isError ? undefined : null)
}

/** A person by the name of that day or else of today, as a link. */
export function PersonName({ id, name }: { readonly id: string; readonly name: string | null }) {
  const t = useEntryWords()
  const { company } = useApi()
  const found = useNameOf('member', name === null ? id : null)
  const shown = name ?? found
  if (shown === undefined) return '…'
  return shown === null ? (
    t('unnamed')
  ) : (
    <ScreenLink to={paths.person(company ?? '', id)} fz="inherit">
      {shown}
    </ScreenLink>
  )
}

const kindWords: Readonly<Record<string, EntryWord>> = Object.fromEntries(
  [...subjectKinds, 'customer' as const].map((kind) => [kind, `about.${kind}` as const]),
)

/** The kinds of things in words. */
export function useKindWords(): (kind: string) => string {
  const t = useEntryWords()
  return (kind) => {
    const word = kindWords[kind]
    return word ? t(word) : kind
  }
}

/** What a decision is about, by name where it has one, as a link to its screen. */
export function AboutName({ about: { kind, id, label } }: { readonly about: About }) {
  const { company } = useApi()
  const phone = usePhone()
  const kindInWords = useKindWords()
  const found = useNameOf(kind, label === null ? id : null)
  const name = label ?? found
  if (name === undefined) return '…'
  const text = name === null ? kindInWords(kind) : kind === 'number' ? phone(name) : name
  const to = screenOf(company ?? '', { kind, id })
  return to === null || (name === null && (kind === 'member' || kind === 'number')) ? (
    text
  ) : (
    <ScreenLink to={to} fz="inherit">
      {text}
    </ScreenLink>
  )
}

function screenOf(company: string, { kind, id }: Omit<About, 'label'>): string | null {
  switch (kind) {
    case 'number':
      return paths.number(company, id)
    case 'member':
      return paths.person(company, id)
    case 'operation':
      return paths.batch(company, id)
    case 'task':
      return paths.task(company, id)
    case 'work_account':
      return paths.workAccount(company, id)
    case 'import':
      return paths.import(company, id)
    case 'department':
      return paths.departments(company)
    default:
      return null
  }
}

/** Who decided: a person, a token by its name, the operator of the machine, or Baton itself. */
export function useActorWords(): (entry: Entry) => string {
  const t = useEntryWords()
  return ({ actor, actorName }) => {
    const name = actorName ?? actor.id ?? ''
    if (actor.kind === 'system') return t('by.system')
    if (actor.kind === 'token') return t('by.token', { name: actorName ?? t('unnamed') })
    if (actor.kind === 'operator') return t('by.operator', { name })
    return actorName ?? t('by.somebody')
  }
}

/** Who had decided what was done later: a member by id, else who it is in words. */
export function Decider({ actor }: { readonly actor: string }): ReactNode {
  const t = useEntryWords()
  const common = useCommonWords()
  if (isUuid(actor)) return <PersonName id={actor} name={null} />
  const [kind = '', ...name] = actor.split(':')
  if (kind === 'system') return t('by.system')
  if (kind === 'operator') return t('by.operator', { name: name.join(':') })
  return kind === 'token' ? t('about.token') : actor || common('nobody')
}
