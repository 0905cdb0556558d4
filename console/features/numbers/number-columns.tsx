import { Text } from '@mantine/core'
import { useMemo } from 'react'
import type { PhoneNumber } from '../../../src/features/numbers/model.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { useCommonWords } from '../../ui/common-words.ts'
import type { Column } from '../../ui/data-table/model.ts'
import { type Format, useFormat } from '../../ui/format.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { Phone } from '../../ui/phone.tsx'
import { StatusBadge, type StatusKind } from '../../ui/status-badge.tsx'
import { useCountryName } from './parts/countries.ts'
import { useNumberWords } from './words.ts'

const kinds: Readonly<Record<PhoneNumber['state'], StatusKind>> = {
  held: 'good',
  parked: 'wait',
  released: 'off',
}
const mostFreeFields = 20

/** Every column of the list; `fields` are the free fields that the numbers loaded so far have. */
export function useNumberColumns(fields: readonly string[]): readonly Column<PhoneNumber>[] {
  const custody = useCustodyColumns()
  const moments = useMomentColumns()
  const particulars = useParticularColumns()
  const names = fields.join('\n')
  return useMemo(() => {
    const free = names.split('\n').filter(Boolean).map(columnOfField)
    return [...custody, ...moments, ...particulars, ...free]
  }, [custody, moments, particulars, names])
}

function useCustodyColumns(): readonly Column<PhoneNumber>[] {
  const t = useNumberWords()
  const common = useCommonWords()
  const { slug } = useSession()
  return useMemo(
    () => [
      {
        id: 'number',
        header: t('column.number'),
        cell: ({ numberId, e164 }) => (
          <ScreenLink to={paths.number(slug, numberId)}>
            <Phone e164={e164} />
          </ScreenLink>
        ),
        sort: 'e164',
        width: 172,
        isFixed: true,
      },
      { id: 'label', header: t('column.label'), cell: ({ label }) => label ?? <Nothing /> },
      {
        id: 'holder',
        header: t('column.holder'),
        cell: ({ holder }) =>
          holder ? (
            <ScreenLink to={paths.person(slug, holder.memberId)}>{holder.name}</ScreenLink>
          ) : (
            <Nothing />
          ),
        width: 138,
      },
      {
        id: 'state',
        header: t('column.state'),
        cell: ({ state }) => <StatusBadge kind={kinds[state]}>{common(`custody.${state}`)}</StatusBadge>,
        width: 103,
      },
    ],
    [t, common, slug],
  )
}

function useMomentColumns(): readonly Column<PhoneNumber>[] {
  const t = useNumberWords()
  const common = useCommonWords()
  const format = useFormat()
  return useMemo(() => {
    const moment = (instant: string | null) => (instant === null ? <Nothing /> : format.dateTime(instant))
    // Chinese dates are longer.
    const width = format.language === 'en' ? 168 : 192
    return [
      {
        id: 'heldSince',
        header: t('column.heldSince'),
        cell: ({ heldSince }) => moment(heldSince),
        sort: 'heldSince',
        isNewestFirst: true,
        width,
      },
      {
        id: 'waits',
        header: t('column.waits'),
        cell: (number) => {
          const words = waitsFor(number, { say: t, common, format })
          return words === null ? <Nothing /> : <span data-two-lines>{words}</span>
        },
        width: 160,
      },
      {
        id: 'available',
        header: t('column.available'),
        cell: ({ availableAt }) => moment(availableAt),
        width,
        isShownFirst: false,
      },
      {
        id: 'undo',
        header: t('column.undo'),
        cell: ({ undoUntil }) => moment(undoUntil),
        width,
        isShownFirst: false,
      },
      {
        id: 'created',
        header: t('column.created'),
        cell: ({ createdAt }) => moment(createdAt),
        sort: 'createdAt',
        isNewestFirst: true,
        width,
        isShownFirst: false,
      },
    ]
  }, [t, common, format])
}

function useParticularColumns(): readonly Column<PhoneNumber>[] {
  const t = useNumberWords()
  const common = useCommonWords()
  const countryName = useCountryName(t('country.none'))
  return useMemo(
    () => [
      {
        id: 'country',
        header: t('column.country'),
        cell: ({ country }) => countryName(country),
        width: 140,
        isShownFirst: false,
      },
      {
        id: 'type',
        header: t('column.type'),
        cell: ({ type }) => common(`numberType.${type}`),
        width: 110,
        isShownFirst: false,
      },
      {
        id: 'licence',
        header: t('column.licence'),
        cell: ({ licensed }) => (licensed ? t('licence.yes') : t('licence.no')),
        width: 120,
        isShownFirst: false,
      },
    ],
    [t, common, countryName],
  )
}

function columnOfField(name: string): Column<PhoneNumber> {
  return {
    // A column's id stands in the URL, in a list.
    id: `field.${encodeURIComponent(name)}`,
    header: name,
    cell: ({ fields }) => fields[name] ?? <Nothing />,
    width: 150,
    isShownFirst: false,
  }
}

/** The names of the free fields that some numbers have, in alphabetical order. */
export function fieldsOf(numbers: readonly Pick<PhoneNumber, 'fields'>[]): readonly string[] {
  const names = new Set<string>()
  for (const { fields } of numbers) for (const name of Object.keys(fields)) names.add(name)
  return [...names].sort().slice(0, mostFreeFields)
}

function Nothing() {
  return (
    <Text span c="dimmed" aria-hidden data-nothing>
      –
    </Text>
  )
}

interface WaitWords {
  readonly say: ReturnType<typeof useNumberWords>
  readonly common: ReturnType<typeof useCommonWords>
  readonly format: Format
}

// One reason is enough here: a move that waits says more than the cool-down that it waits for.
function waitsFor({ waiting, availableAt }: PhoneNumber, { say, common, format }: WaitWords): string | null {
  const first = waiting.find(({ kind }) => kind === 'move') ?? waiting[0]
  if (!first) return availableAt === null ? null : say('waits.cooling', { time: format.time(availableAt) })
  const member = first.to.name
  const time = format.dateTime(first.dueAt)
  if (first.kind === 'move' && first.waitsFor === 'time') return say('waits.at', { member, time })
  const what = first.waitsFor === null ? '' : common(`waits.${first.waitsFor}`)
  const words = first.kind === 'return' ? say('waits.return', { member }) : say('waits.to', { what, member })
  return first.waitsFor === 'time' ? `${words} · ${time}` : words
}
