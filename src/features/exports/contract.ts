import { defineRoute } from '../../kernel/route.ts'
import { CustodyExportQuery, MemberExportQuery, NumberExportQuery } from './model.ts'

const file = {
  status: 200,
  transaction: 'own',
  produces: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv'],
  refusals: [],
  audit: ['export.begun', 'export.finished'],
} as const

export const exportsContract = {
  exportMembers: defineRoute({
    operationId: 'exportMembers',
    method: 'GET',
    path: '/v1/exports/members',
    summary: 'Download the members that you may see, in the columns of the members template or as WeCom does',
    access: 'members:read',
    query: MemberExportQuery,
    ...file,
  }),
  exportNumbers: defineRoute({
    operationId: 'exportNumbers',
    method: 'GET',
    path: '/v1/exports/numbers',
    summary: 'Download the numbers that you may see, in the columns of the numbers template',
    access: 'numbers:read',
    query: NumberExportQuery,
    ...file,
  }),
  exportCustody: defineRoute({
    operationId: 'exportCustody',
    method: 'GET',
    path: '/v1/exports/custody',
    summary: 'Download who held which number from when to when, as far as you may see it',
    access: 'custody:read',
    query: CustodyExportQuery,
    ...file,
  }),
}
