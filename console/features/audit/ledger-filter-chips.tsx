import { Button, Group } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useFormat } from '../../ui/format.ts'
import { usePhone } from '../../ui/phone.tsx'
import { useActionName } from './fact-value.tsx'
import { aboutOf, type Entry } from './facts.ts'
import { activeFilters, type FilterName, noFilter } from './ledger-filter.ts'
import type { FilterProps } from './ledger-filters.tsx'
import { useActorWords, useKindWords, useNameOf } from './names.tsx'
import { useLedgerWords } from './words.ts'

type ChipProps = FilterProps & {
  /** The entries that are shown: they know the names of tokens and of what is gone. */
  readonly items: readonly Entry[]
}

/** The filters that are on, each with a way to take it off. */
export function LedgerFilterChips({ shown, onChange, items }: ChipProps) {
  const t = useLedgerWords()
  const words = useFilterWords(shown, items)
  const active = activeFilters(shown)
  if (active.length === 0) return null
  return (
    <Group gap={6} role="group" aria-label={t('filter.active')}>
      {active.map((name) => (
        <Button
          key={name}
          size="compact-sm"
          radius="xl"
          variant="default"
          aria-label={t('filter.remove', { filter: words(name) })}
          rightSection={<IconX size={14} aria-hidden />}
          onClick={() =>
            onChange(name === 'subject' ? { subject: '', kind: '' } : { [name]: noFilter[name] })
          }
          maw="100%"
        >
          {words(name)}
        </Button>
      ))}
      <Button size="compact-sm" variant="subtle" onClick={() => onChange(noFilter)}>
        {t('filter.clear')}
      </Button>
    </Group>
  )
}

function useFilterWords(shown: ChipProps['shown'], items: readonly Entry[]): (name: FilterName) => string {
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
  return (name) => t('filter.chip', { name: t(`filter.${name}`), value: values[name] })
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
