import { type CellValue, fieldColumn, fieldKey, fieldNameOf } from '../../imports/model/column.ts'
import { numbersTemplate } from '../../imports/model/templates/numbers.ts'
import { writeValue } from '../../imports/model/written-value.ts'
import type { PhoneNumber } from '../../numbers/model.ts'
import { type ExportColumn, templateColumns } from './member-rows.ts'

export interface ExportedNumber {
  readonly number: Pick<PhoneNumber, 'e164' | 'label' | 'type' | 'fields' | 'licensed'>
  readonly holderStaffCode: string | null
}

/** The columns of the numbers template, and one for each free field that it has none for. */
export function numberColumns(fieldNames: readonly string[]): readonly ExportColumn[] {
  const known = new Set(numbersTemplate.columns.map(({ key }) => key))
  const others = fieldNames.filter((name) => !known.has(fieldKey(name))).map(fieldColumn)
  return templateColumns({ columns: [...numbersTemplate.columns, ...others] })
}

/** The cells of a number in these columns. */
export function numberCells(
  columns: readonly ExportColumn[],
  { number, holderStaffCode }: ExportedNumber,
): readonly string[] {
  const values: Readonly<Record<string, CellValue | null>> = {
    number: number.e164,
    label: number.label,
    type: number.type,
    holderStaffCode,
    licensed: number.licensed,
  }
  return columns.map(({ column }) => {
    const field = fieldNameOf(column.key)
    const value = field === null ? values[column.key] : ownValue(number.fields, field)
    return writeValue(column, value)
  })
}

// A field may be called like something that every object has.
function ownValue(fields: PhoneNumber['fields'], name: string): string | null {
  return Object.hasOwn(fields, name) ? (fields[name] ?? null) : null
}
