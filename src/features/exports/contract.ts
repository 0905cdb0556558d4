import { z } from 'zod'
import { defineRoute, type RouteContract } from '../../kernel/route.ts'
import type { ListFile } from './model/list-file.ts'
import { type ListFileName, listFiles } from './model/list-files.ts'
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
  ...listRoutes(),
}

type ListRoutes = {
  readonly [Name in ListFileName]: RouteContract<
    NonNullable<(typeof listFiles)[Name]['params']>,
    (typeof listFiles)[Name]['query']
  >
}

function listRoutes(): ListRoutes {
  const entries: [string, ListFile][] = Object.entries(listFiles)
  const routes = entries.map(([operationId, { name, summary, access, params, query, refusals = [] }]) => [
    operationId,
    defineRoute({
      operationId,
      method: 'GET',
      path: `/v1/exports/${name}${placeOf(params)}`,
      summary,
      access,
      ...(params && { params }),
      query,
      ...file,
      refusals,
    }),
  ])
  return Object.fromEntries(routes)
}

// The parameters end the path, so that the file of one thing is asked for as the thing itself is.
function placeOf(params: ListFile['params']): string {
  const names = params instanceof z.ZodObject ? Object.keys(params.shape) : []
  return names.map((name) => `/{${name}}`).join('')
}
