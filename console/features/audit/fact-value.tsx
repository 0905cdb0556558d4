import type { ReactNode } from 'react'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { useCommonWords } from '../../ui/common-words.ts'
import { useFormat } from '../../ui/format.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { usePhone } from '../../ui/phone.tsx'
import { useDepartmentChoices } from '../people/parts/all-departments.ts'
import { useEntryWords } from './entry-words.ts'
import type { Value } from './facts.ts'
import { AboutName, PersonName } from './names.tsx'
import { useActionName } from './parts/action-name.ts'

/** Says a value that needs nothing to be asked for; null for one that does. */
export function useValueText(): (value: Value) => string | null {
  const t = useEntryWords()
  const common = useCommonWords()
  const format = useFormat()
  const phone = usePhone()
  const actionName = useActionName()
  return (value) => {
    switch (value.kind) {
      case 'instant':
        return format.dateTime(value.at)
      case 'count':
        return format.number(value.count)
      case 'bytes':
        return format.bytes(value.count)
      case 'common':
        return common(value.word)
      case 'own':
        return t(value.word)
      case 'action':
        return actionName(value.text)
      case 'phone':
        return phone(value.text)
      case 'text':
        return value.text
      case 'person':
        return value.name
      default:
        return null
    }
  }
}

/** A value in words; people and things are links. */
export function FactValue({ value }: { readonly value: Value }): ReactNode {
  const t = useEntryWords()
  const { slug } = useSession()
  const say = useValueText()
  switch (value.kind) {
    case 'person':
      return <PersonName id={value.id} name={value.name} />
    case 'department':
      return <DepartmentName id={value.id} />
    case 'number':
      return <AboutName about={{ kind: 'number', id: value.id, label: null }} />
    case 'batch':
      return <ScreenLink to={paths.batch(slug, value.id)}>{t('seeBatch')}</ScreenLink>
    case 'request':
      return (
        <ScreenLink to={paths.requests(slug)} search={{ request: value.id }}>
          {t('seeRequest')}
        </ScreenLink>
      )
    case 'list':
      return value.values.map((one, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what the ledger has never changes its order
        <div key={place}>
          <FactValue value={one} />
        </div>
      ))
    default:
      return say(value)
  }
}

function DepartmentName({ id }: { readonly id: string }) {
  const t = useEntryWords()
  const found = useDepartmentChoices().find(({ value }) => value === id)
  return found?.label ?? t('unnamed')
}
