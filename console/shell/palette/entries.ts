import { useDebouncedValue } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useRead } from '../../api/read.ts'
import { useWrite } from '../../api/write.ts'
import { paths } from '../../paths.ts'
import { usePhone } from '../../ui/phone.tsx'
import { setPreferences, usePreferences } from '../../ui/preferences.ts'
import { useToast } from '../../ui/toast.tsx'
import { placesOf } from '../navigation.tsx'
import { openShortcuts } from '../palette-store.ts'
import { useSession } from '../session.tsx'
import { useShellWords } from '../words.ts'
import { endingFirst, matches } from './match.ts'
import { usePaletteWords } from './palette-words.ts'
import { noteVisit, recentVisits } from './recent.ts'

/** A line of the palette. */
export interface Entry {
  readonly id: string
  readonly group: 'recent' | 'people' | 'numbers' | 'departments' | 'act' | 'go'
  readonly label: string
  readonly hint?: string
  /** Whether the palette stays open afterwards. */
  readonly staysOpen?: boolean
  run(): void
}

export interface Found {
  readonly entries: readonly Entry[]
  readonly isSearching: boolean
  readonly problem: { readonly message: string } | null
}

const pauseMs = 100
const mostOfAKind = 6
// Those that end in what was typed may come late in the order of numbers.
const mostLookedThrough = 60

/** What can be gone to, found and done for the words that were typed. */
export function useEntries(typed: string): Found {
  const [wanted] = useDebouncedValue(typed.trim(), pauseMs)
  const found = useFound(wanted)
  const recent = useRecent()
  const acts = useActs().filter(({ label, hint }) => matches(`${label} ${hint ?? ''}`, wanted))
  const places = usePlaces().filter(({ label, hint }) => matches(`${label} ${hint ?? ''}`, wanted))
  const entries = wanted === '' ? [...recent, ...places, ...acts] : [...found.entries, ...acts, ...places]
  return {
    ...found,
    entries: entries.map((entry) =>
      entry.group === 'go' || entry.group === 'act' ? withoutHint(entry) : entry,
    ),
  }
}

// The hints of places and actions are other spellings to find them by.
function withoutHint({ hint: _, ...entry }: Entry): Entry {
  return entry
}

function useFound(wanted: string): Found {
  const { slug, can, memberId } = useSession()
  const t = usePaletteWords()
  const phone = usePhone()
  const go = useGo()
  const isAsked = wanted !== ''
  const seesAll = can('requests:read')
  const options = { enabled: isAsked, keepsPrevious: true }
  const people = useRead(
    'listMembers',
    { query: { search: wanted, limit: mostOfAKind } },
    { ...options, enabled: isAsked && seesAll },
  )
  const numbers = useRead('listNumbers', { query: { search: wanted, limit: mostLookedThrough } }, options)
  const lines = endingFirst(numbers.data?.items ?? [], wanted).slice(0, mostOfAKind)
  const departments = useRead(
    'listDepartments',
    { query: { limit: 200 } },
    { enabled: isAsked && seesAll, staleMs: 60_000 },
  )
  const numberAddress = (id: string) => (seesAll ? paths.number(slug, id) : paths.myNumber(slug, id))
  const entries: Entry[] = !isAsked
    ? []
    : [
        ...(people.data?.items ?? []).map(({ memberId: id, name, alias, staffCode }) => ({
          id,
          group: 'people' as const,
          label: alias ? `${name} (${alias})` : name,
          hint: staffCode,
          run: () => go(paths.person(slug, id), { kind: 'person', id, label: name }),
        })),
        ...lines.map(({ numberId: id, e164, label, holder }) => ({
          id,
          group: 'numbers' as const,
          label: phone(e164),
          hint: [label, holder?.memberId === memberId ? null : holder?.name].filter(Boolean).join(' · '),
          run: () => go(numberAddress(id), { kind: 'number', id, label: phone(e164) }),
        })),
        ...(departments.data?.items ?? [])
          .filter(({ name }) => matches(name, wanted))
          .slice(0, mostOfAKind)
          .map(({ departmentId: id, name }) => ({
            id,
            group: 'departments' as const,
            label: name,
            run: () => go(`${paths.people(slug)}?departmentId=${id}`),
          })),
        ...(can('numbers:write') ? (numbers.data?.items ?? []).slice(0, 2) : []).map(
          ({ numberId: id, e164 }) => ({
            id: `reassign-${id}`,
            group: 'act' as const,
            label: t('act.reassign', { number: phone(e164) }),
            hint: wanted,
            run: () => go(`${paths.number(slug, id)}?reassign=1`),
          }),
        ),
      ]
  return {
    entries,
    isSearching: isAsked && (people.isFetching || numbers.isFetching),
    problem: people.error ?? numbers.error,
  }
}

function useGo() {
  const navigate = useNavigate()
  const { slug } = useSession()
  return (to: string, visit?: Parameters<typeof noteVisit>[1]) => {
    if (visit) noteVisit(slug, visit)
    const [pathname = '', search = ''] = to.split('?')
    void navigate({ to: pathname, search: Object.fromEntries(new URLSearchParams(search)) })
  }
}

function useRecent(): Entry[] {
  const { slug, can } = useSession()
  const go = useGo()
  return recentVisits(slug).map((visit) => ({
    id: visit.id,
    group: 'recent',
    label: visit.label,
    run: () => {
      if (visit.kind === 'person') return go(paths.person(slug, visit.id), visit)
      go(can('requests:read') ? paths.number(slug, visit.id) : paths.myNumber(slug, visit.id), visit)
    },
  }))
}

function usePlaces(): Entry[] {
  const session = useSession()
  const t = useShellWords()
  const say = usePaletteWords()
  const go = useGo()
  return placesOf(session)
    .flat()
    .map(({ word, to }) => ({
      id: `go-${word}`,
      group: 'go',
      label: t(`nav.${word}`),
      hint: say(`find.${word}`),
      run: () => go(to(session.slug)),
    }))
}

function useActs(): Entry[] {
  const { slug, can } = useSession()
  const t = useShellWords()
  const say = usePaletteWords()
  const go = useGo()
  const { language } = usePreferences()
  const signOut = useWrite('endSession')
  const toast = useToast()
  const other = language === 'en' ? 'zh-CN' : 'en'
  const acts: (Entry | false)[] = [
    can('numbers:write') &&
      act('add-number', say('act.addNumber'), () => go(`${paths.numbers(slug)}?open=add`)),
    can('members:write') &&
      act('add-person', say('act.addPerson'), () => go(`${paths.people(slug)}?add=yes`)),
    can('handovers:write') && act('leaving', say('act.leaving'), () => go(paths.newHandover(slug))),
    can('imports:write') && act('import', say('act.import'), () => go(paths.newImport(slug))),
    can('numbers:write') && act('new-batch', say('act.newBatch'), () => go(paths.newBatch(slug))),
    act('language', say('act.language'), () => setPreferences({ language: other })),
    { ...act('shortcuts', t('menu.shortcuts'), openShortcuts), staysOpen: true },
    act('sign-out', t('menu.signOut'), () =>
      signOut.mutate({}, { onSuccess: () => window.location.assign(paths.signIn()), onError: toast.problem }),
    ),
  ]
  return acts.filter((entry) => entry !== false)

  function act(id: string, label: string, run: () => void): Entry {
    return { id: `act-${id}`, group: 'act', label, hint: say('find.act'), run }
  }
}
