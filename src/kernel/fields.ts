import { z } from 'zod'

/** A single line or paragraph of at most `maxLength` characters, trimmed, never empty, without control characters. */
export function text(maxLength: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(maxLength)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'contains control characters or half of a character')
}

/** A paragraph that may have line breaks and tabs, of at most `maxLength` characters. */
export function paragraph(maxLength: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(maxLength)
    .regex(/^(?:[^\p{Cc}\p{Cs}]|[\n\r\t])*$/u, 'contains control characters or half of a character')
}

export const Id = z.uuid().toLowerCase().describe('Identifier, a UUID')
export type Id = z.infer<typeof Id>

/** An instant with offset, ISO 8601, e.g. `2026-11-22T09:30:00Z`. */
export const Instant = z.iso
  .datetime({ offset: true })
  .refine(isInYears1To9999, 'lies outside the years 1 to 9999')
  .describe('Instant, ISO 8601 with offset')
export type Instant = z.infer<typeof Instant>

// The range that both the wire's four-digit years and PostgreSQL know.
function isInYears1To9999(text: string): boolean {
  const year = new Date(text).getUTCFullYear()
  return year >= 1 && year <= 9999
}

export const TimeZone = z
  .string()
  .min(1)
  .max(64)
  .refine(isTimeZone, 'is not an IANA time zone such as Asia/Shanghai')
  .describe('IANA time zone')

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** Query part of every list: how many and where to go on. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('How many entries at most'),
  cursor: z.string().min(1).max(500).optional().describe('`nextCursor` of the page before'),
})
export type PageQuery = z.infer<typeof PageQuery>

/** One page of a list; `nextCursor` is null on the last page. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item).describe('Entries of this page'),
    nextCursor: z
      .string()
      .max(500)
      .nullable()
      .describe('Pass as `cursor` for the next page; null at the end'),
  })
}

/** The form of a file that is downloaded. */
export const FileFormat = z
  .enum(['csv', 'ndjson', 'xlsx'])
  .default('csv')
  .describe('`csv` and `xlsx` for spreadsheets; `ndjson` for programs, one JSON object a line')
export type FileFormat = z.infer<typeof FileFormat>
