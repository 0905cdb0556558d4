import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { PhoneNumber } from '../../../src/features/numbers/model.ts'
import type { Item } from '../../api/client.ts'
import type { RowSelection } from '../../ui/data-table/model.ts'
import { useRowSelection } from '../../ui/data-table/selection.ts'

/** A chosen number, with the holder that was seen when it was chosen. */
export interface ChosenNumber {
  readonly numberId: string
  readonly e164: string
  readonly holderId: string | null
}

export interface Chosen {
  readonly selection: RowSelection
  readonly count: number
  readonly numbers: () => readonly ChosenNumber[]
  /** Chooses exactly these, whatever comes to match later. */
  readonly freeze: (numbers: readonly ChosenNumber[]) => void
}

/** Which numbers are chosen: rows that were seen, or all that matched at one moment. Another filter lets them go. */
export function useChosenNumbers(items: readonly Item<'listNumbers'>[], filterKey: string): Chosen {
  const rows = useRowSelection()
  const [frozen, setFrozen] = useState<ReadonlyMap<string, ChosenNumber> | null>(null)
  const seen = useRef(new Map<string, ChosenNumber>())
  const latest = useRef(items)
  useEffect(() => {
    latest.current = items
  }, [items])
  const [lastKey, setLastKey] = useState(filterKey)
  const clear = useCallback(() => {
    setFrozen(null)
    rows.clear()
  }, [rows.clear])
  if (lastKey !== filterKey) {
    setLastKey(filterKey)
    clear()
  }
  return useMemo(() => {
    const has = (key: string) => (frozen ? frozen.has(key) && !rows.except.has(key) : rows.isSelected(key))
    return {
      count: frozen ? frozen.size - rows.except.size : rows.rows === 'all matching' ? 0 : rows.rows.size,
      numbers: () => [...(frozen ?? seen.current).values()].filter(({ numberId }) => has(numberId)),
      freeze(numbers) {
        setFrozen(byId(numbers))
        rows.chooseAllMatching()
      },
      selection: {
        ...rows,
        clear,
        isSelected: has,
        onToggle(keys, isOn) {
          if (isOn) {
            const added = pick(latest.current, keys)
            for (const number of added) seen.current.set(number.numberId, number)
            if (frozen) setFrozen(new Map([...frozen, ...byId(added)]))
          }
          rows.onToggle(keys, isOn)
        },
      },
    }
  }, [rows, frozen, clear])
}

function byId(numbers: readonly ChosenNumber[]): Map<string, ChosenNumber> {
  return new Map(numbers.map((number) => [number.numberId, number]))
}

/** Of the numbers that are loaded, those with these ids. */
function pick(
  items: readonly Pick<PhoneNumber, 'numberId' | 'e164' | 'holder'>[],
  keys: readonly string[],
): ChosenNumber[] {
  const wanted = new Set(keys)
  return items
    .filter(({ numberId }) => wanted.has(numberId))
    .map(({ numberId, e164, holder }) => ({ numberId, e164, holderId: holder?.memberId ?? null }))
}
