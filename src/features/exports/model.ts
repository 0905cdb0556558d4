import { z } from 'zod'
import { Id, Instant, text } from '../../kernel/fields.ts'
import { NumberFilter, NumberQuery } from '../numbers/model.ts'
import { MemberStatus, Role } from '../people/model.ts'

/** What can be taken out as a file: `members`, `numbers`, `custody`, or the name of a list file. */
export type ExportKind = string

export const ExportFormat = z
  .enum(['xlsx', 'csv'])
  .default('xlsx')
  .describe('`xlsx`: a workbook with a sheet about the export; `csv`: in UTF-8 with a byte order mark')
export type ExportFormat = z.infer<typeof ExportFormat>

const mostDepartments = 100
const id = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}'

export const MemberExportQuery = z.object({
  format: ExportFormat,
  layout: z
    .enum(['baton', 'wecom'])
    .default('baton')
    .describe(
      '`baton`: columns of the members template; `wecom`: those of an export of WeCom, the company on top of every department, without members who have left',
    ),
  departmentIds: z
    .string()
    .min(36)
    .max(mostDepartments * 37 - 1)
    .regex(new RegExp(`^${id}(?:,${id})*$`), 'is not a list of ids with commas between them')
    .optional()
    .describe('Only members of these departments, at most 100, with commas between them'),
  includeSubdepartments: z
    .enum(['true', 'false'])
    .default('true')
    .describe('Whether members of the departments below `departmentIds` count too'),
  search: text(100).optional().describe('As in the list of members'),
  status: MemberStatus.optional(),
  role: Role.optional(),
  managerId: Id.optional().describe('Only members who report to this one'),
  holding: z.enum(['true']).optional().describe('Only members who hold at least one number'),
  sort: z
    .enum(['name', '-name', 'staffCode', '-staffCode', 'createdAt', '-createdAt'])
    .default('staffCode')
    .describe('Order; a minus turns it round'),
})
export type MemberExportQuery = z.infer<typeof MemberExportQuery>

export const NumberExportQuery = NumberFilter.extend({
  format: ExportFormat,
  sort: NumberQuery.shape.sort,
})
export type NumberExportQuery = z.infer<typeof NumberExportQuery>

export const CustodyExportQuery = z.object({
  format: ExportFormat,
  numberId: Id.optional().describe('Only who held this number'),
  memberId: Id.optional().describe('Only what this member holds and has held'),
  asOf: Instant.optional().describe('Only who held what at this time (NUM-12); default the whole history'),
})
export type CustodyExportQuery = z.infer<typeof CustodyExportQuery>
