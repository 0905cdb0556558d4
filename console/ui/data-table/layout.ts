import { useMemo } from 'react'
import { usePreferences } from '../preferences.ts'
import { useSearchState } from '../search-state.ts'
import type { TableLayout } from './model.ts'

/** The columns and the density that stand in the URL (`cols`, `dense`). */
export function useTableLayout(): TableLayout {
  const { dense } = usePreferences()
  const [state, set] = useSearchState({ cols: [], dense })
  return useMemo(
    () => ({
      columns: state.cols,
      isDense: state.dense,
      showColumns: (ids) => set({ cols: ids }, { replace: true }),
      setDense: (isDense) => set({ dense: isDense }, { replace: true }),
    }),
    [state, set],
  )
}
