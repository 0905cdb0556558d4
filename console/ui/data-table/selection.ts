import { useMemo, useState } from 'react'
import type { RowSelection } from './model.ts'

type Chosen = Pick<RowSelection, 'rows' | 'except'>

const none: ReadonlySet<string> = new Set()
const nothing: Chosen = { rows: none, except: none }

/** Which rows are chosen, until the screen is left or `clear` is called. */
export function useRowSelection(): RowSelection {
  const [chosen, setChosen] = useState(nothing)
  return useMemo(
    () => ({
      ...chosen,
      isSelected: (key: string) => isChosen(chosen, key),
      onToggle: (keys: readonly string[], isOn: boolean) =>
        setChosen((before) => toggled(before, keys, isOn)),
      chooseAllMatching: () => setChosen({ rows: 'all matching', except: none }),
      clear: () => setChosen(nothing),
    }),
    [chosen],
  )
}

export function isChosen(chosen: Chosen, key: string): boolean {
  return chosen.rows === 'all matching' ? !chosen.except.has(key) : chosen.rows.has(key)
}

/** What is chosen after some rows were switched on or off. */
export function toggled(chosen: Chosen, keys: readonly string[], isOn: boolean): Chosen {
  const isAll = chosen.rows === 'all matching'
  const after = new Set(chosen.rows === 'all matching' ? chosen.except : chosen.rows)
  for (const key of keys)
    if (isOn === isAll) after.delete(key)
    else after.add(key)
  return isAll ? { rows: 'all matching', except: after } : { rows: after, except: none }
}
