import type { SliceItem } from '../../operations/index.ts'

export const importKind = 'import'
export const undoKind = 'import_undo'

/** The row of the sheet that an item is about. */
export function rowOf({ given }: Pick<SliceItem, 'given'>): number {
  return Number(given['row'])
}
