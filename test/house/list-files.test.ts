import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { contract } from '../../src/contract.ts'
import type { ListFile } from '../../src/features/exports/model/list-file.ts'
import { listFiles } from '../../src/features/exports/model/list-files.ts'
import { permissions } from '../../src/kernel/permission.ts'
import type { RouteContract } from '../../src/kernel/route.ts'
import { expectNone } from './sources.ts'

/** Lists that have a file of another kind: with more than the list shows, or in columns that can be imported again. */
const ownFiles: Readonly<Record<string, string>> = {
  listAudit: 'exportAudit',
  getOperation: 'exportOperation',
  listMembers: 'exportMembers',
  listNumbers: 'exportNumbers',
  getCustody: 'exportCustody',
  listMemberCustody: 'exportCustody',
  listNumberRecords: 'exportRecords',
  listImportRows: 'downloadImport',
  listTemplates: 'downloadTemplate',
  listLeavers: 'exportLeavers',
}

/** Lists that have none, and why not. */
const withoutFile: Readonly<Record<string, string>> = {
  listCheckpoints: 'signed notes for programs, which a spreadsheet would break',
  listNotices: 'what one person was told, and nobody else may read',
  selectNumbers: 'ids of what listNumbers shows, for a batch: that list has a file',
  listRecipients: 'the answer to a search in a form',
  listSuccessors: 'the answer to a search in a form',
  listRecords: 'contents leave number by number with exportRecords, which asks for a reason (WRK-2)',
  listConversations: 'the same contents by other party: exportRecords has them',
  listMemberSessions: 'where a person is signed in: shown to be ended, nothing to carry away',
  listOutbox: 'on a development machine only, with codes and links in it',
  listDeletionRequests: 'what one person was asked about the own account: nothing to carry away',
}

const features: readonly Readonly<Record<string, RouteContract>>[] = Object.values(contract)
const routes = features.flatMap((feature) => Object.values(feature))
const lists = routes.filter(({ method, response }) => method === 'GET' && itemsOf(response) !== null)
const files: readonly (readonly [string, ListFile])[] = Object.entries(listFiles)

function itemsOf(response: RouteContract['response']): z.ZodType | null {
  const items = response instanceof z.ZodObject ? response.shape['items'] : null
  return items instanceof z.ZodArray ? (items.element as z.ZodType) : null
}

function isOfCompany({ access }: RouteContract): boolean {
  return access in permissions
}

describe('every list of a company', () => {
  it('can be taken along as a file, or says why not', () => {
    const asked = new Set(files.map(([, { list }]) => list))
    const faults = lists
      .filter(isOfCompany)
      .map(({ operationId }) => operationId)
      .filter((name) => !asked.has(name) && !(name in ownFiles) && !(name in withoutFile))
    expectNone(
      faults,
      'Add an entry to src/features/exports/model/list-files.ts, or a reason to `withoutFile` in this file:',
    )
  })

  it('is named once, and is one', () => {
    const named = [
      ...files.map(([, { list }]) => list),
      ...Object.keys(ownFiles),
      ...Object.keys(withoutFile),
    ]
    const known = new Set(lists.map(({ operationId }) => operationId))
    expectNone(
      named.filter((name, index) => !known.has(name) || named.indexOf(name) !== index),
      'Not a list, or named twice:',
    )
    const others = Object.values(ownFiles).filter(
      (name) => !routes.some(({ operationId, produces }) => operationId === name && produces),
    )
    expectNone(others, 'No file:')
  })
})

describe.each(files)('%s', (operationId, file) => {
  const list = lists.find((route) => route.operationId === file.list)
  const route = routes.find((one) => one.operationId === operationId)

  it('asks for what its list asks for, and refuses what it refuses', () => {
    expect(route).toMatchObject({ access: list?.access })
    expect(route?.path.startsWith(`/v1/exports/${file.name}`)).toBe(true)
    expect(route?.refusals).toEqual(list?.refusals)
  })

  it('takes the filters of its list, and the parameters of its path', () => {
    const { limit: _, cursor: __, ...filters } = shapeOf(list?.query)
    const { format: ___, ...taken } = shapeOf(route?.query)
    expect(Object.keys(taken).sort()).toEqual(Object.keys(filters).sort())
    for (const [name, schema] of Object.entries(filters)) expect(taken[name], name).toBe(schema)
    expect(Object.keys(shapeOf(route?.params))).toEqual(Object.keys(shapeOf(list?.params)))
  })

  it('shows what the list lists, each thing under a header of its own in both languages', () => {
    expect(itemsOf(list?.response)).toBe(file.item)
    for (const language of ['en', 'zh'] as const) {
      const headers = file.columns.map(({ header }) => header[language])
      expect(new Set(headers).size).toBe(headers.length)
    }
    expect(`${file.sheetName.zh} ${file.sheetName.en}`.length).toBeLessThanOrEqual(31)
  })
})

function shapeOf(schema: RouteContract['query']): Readonly<Record<string, unknown>> {
  return schema instanceof z.ZodObject ? schema.shape : {}
}
