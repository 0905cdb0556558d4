import { type Chip, FilterChips } from '../../ui/filters.tsx'
import { useFormat } from '../../ui/format.ts'
import { usePhone } from '../../ui/phone.tsx'
import { aboutOf, type Entry } from './facts.ts'
import { activeFilters, type FilterName, noFilter } from './ledger-filter.ts'
import type { FilterProps } from './ledger-filters.tsx'
import { useActorWords, useKindWords, useNameOf } from './names.tsx'
import { useActionName } from './parts/action-name.ts'
import { useLedgerWords } from './words.ts'

type ChipProps = FilterProps & {
  /** The entries that are shown: they know the names of tokens and of what is gone. */
  readonly items: readonly Entry[]
}

/** The filters that are on, each with a way to take it off. */
export function LedgerFilterChips({ shown, onChange, items }: ChipProps) {
  const chips = useChips(shown, items)
  return (
    <FilterChips
      chips={chips}
      onRemove={(name) =>
        onChange(name === 'subject' ? { subject: '', kind: '' } : { [name]: noFilter[name] })
      }
      onClear={() => onChange(noFilter)}
    />
  )
}

function useChips(shown: ChipProps['shown'], items: readonly Entry[]): readonly Chip<FilterName>[] {
  const t = useLedgerWords()
  const format = useFormat()
  const actionName = useActionName()
  const kindInWords = useKindWords()
  const values: Readonly<Record<FilterName, string>> = {
    action: actionName(shown.action),
    kind: kindInWords(shown.kind),
    subject: useSubjectName(shown, items),
    actor: useActorName(shown.actor, items),
    from: dayOf(shown.from, format.language),
    to: dayOf(shown.to, format.language),
  }
  return activeFilters(shown).map((key) => ({ key, name: t(`filter.${key}`), value: values[key] }))
}

function useSubjectName({ kind, subject }: ChipProps['shown'], items: readonly Entry[]): string {
  const phone = usePhone()
  const kindInWords = useKindWords()
  const found = useNameOf(kind, subject || null)
  const noted = items.map(aboutOf).find((about) => about.id === subject && about.label !== null)
  const name = found ?? noted?.label
  if (name) return kind === 'number' ? phone(name) : name
  return kind ? kindInWords(kind) : subject
}

function useActorName(actor: string, items: readonly Entry[]): string {
  const actorWords = useActorWords()
  const found = useNameOf('member', actor || null)
  const theirs = items.find((entry) => entry.actor.id === actor)
  return found ?? (theirs ? actorWords(theirs) : actor)
}

// A day as it was chosen, whatever the zone.
function dayOf(day: string, language: string): string {
  const noon = Date.parse(`${day}T12:00:00Z`)
  if (Number.isNaN(noon)) return day
  const locale = language === 'en' ? 'en-GB' : language
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(noon)
}
