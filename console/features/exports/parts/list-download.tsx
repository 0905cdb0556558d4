import { lazy, Suspense } from 'react'
import type { ExportListProps } from './export-list.tsx'
import type { ExportKind } from './use-export.ts'

const ExportList = lazy(() => import('./export-list.tsx').then((room) => ({ default: room.ExportList })))

/** The button by which the list on the screen is saved as a file, narrowed as it is. */
export function ListDownload<Name extends ExportKind>(props: ExportListProps<Name>) {
  return (
    <Suspense>
      <ExportList {...(props as ExportListProps<never>)} />
    </Suspense>
  )
}
