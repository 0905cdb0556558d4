import { defineRoute } from '../../../kernel/route.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { fileRefusal, TemplateQuery } from '../../imports/model.ts'
import { LeaverLines, ReadLeavers } from '../model/leavers.ts'

/** Several leavers from a file or a list; their plans are made by `createHandovers`. */
export const leaversContract = {
  readLeavers: defineRoute({
    operationId: 'readLeavers',
    method: 'POST',
    path: '/v1/handovers/leavers',
    summary:
      'Send a list of leavers (.xlsx or CSV): who is meant, to whom and when; nothing is kept or written',
    access: 'handovers:write',
    transaction: 'own',
    takesFile: true,
    status: 200,
    response: ReadLeavers,
    refusals: [httpRefusal.keyWithStream, httpRefusal.cutOff, ...Object.values(fileRefusal)],
    audit: [],
  }),
  checkLeavers: defineRoute({
    operationId: 'checkLeavers',
    method: 'POST',
    path: '/v1/handovers/leavers/check',
    summary: 'Read lines of leavers, with what was chosen in them, as a file is read; nothing is written',
    access: 'handovers:write',
    body: LeaverLines,
    bodyLimitBytes: 4 * 1024 * 1024,
    status: 200,
    response: ReadLeavers,
    refusals: [],
    audit: [],
  }),
  downloadLeaversForm: defineRoute({
    operationId: 'downloadLeaversForm',
    method: 'GET',
    path: '/v1/handovers/leavers/template',
    summary: 'Download the form of a list of leavers, with bilingual headers and an example row, or blank',
    access: 'handovers:write',
    query: TemplateQuery.omit({ layout: true }),
    status: 200,
    produces: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv'],
    refusals: [],
    audit: [],
  }),
}
