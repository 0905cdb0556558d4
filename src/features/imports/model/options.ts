export type ExistingChoice = 'overwrite' | 'skip'

/** What holds for all rows of an import. */
export interface CheckOptions {
  /** Rows whose staff code or number is there already; null: must be chosen before it can be applied. */
  readonly existing: ExistingChoice | null
  /** Rows without department go there, and another company's departments below it (MIG-6). */
  readonly destinationDepartmentId: string | null
  readonly stopOnError: boolean
  /** ISO 3166 country of phone numbers without country code. */
  readonly defaultCountry: string
  /** IANA zone of times without offset. */
  readonly timeZone: string
  /** Departments by WeCom's ids, for files that have only those. */
  readonly departmentIds: Readonly<Record<string, string>>
  /** What becomes of rows that the file marks as disabled. */
  readonly disabledMembers: 'import' | 'skip'
  /** Where records come from, for rows that do not say it. */
  readonly source: string | null
}

/** The options before anybody has chosen. */
export const defaultOptions: CheckOptions = {
  existing: null,
  destinationDepartmentId: null,
  stopOnError: false,
  defaultCountry: 'CN',
  timeZone: 'Asia/Shanghai',
  departmentIds: {},
  disabledMembers: 'import',
  source: null,
}

/** What a person, or a fix, changed in one row. The cells of the file stay as they were. */
export interface RowEdits {
  /** New texts of cells by column key; empty for an empty cell. */
  readonly cells: Readonly<Record<string, string>>
  /** Leave the row out. */
  readonly skip: boolean
  /** For this row instead of for all. */
  readonly existing: ExistingChoice | null
  /** Codes of problems that are all right as they are. */
  readonly accepted: readonly string[]
}

/** A row that nobody changed. */
export const noEdits: RowEdits = { cells: {}, skip: false, existing: null, accepted: [] }
