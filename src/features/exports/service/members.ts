import { isCompanyCaller } from '../../../kernel/caller.ts'
import type { RouteInput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import type { Open, StreamReply } from '../../../platform/http/bind.ts'
import { membersTemplate } from '../../imports/model/templates/members.ts'
import { wecomMembersTemplate } from '../../imports/model/templates/wecom.ts'
import { listMembersIn, scopeOf } from '../../people/index.ts'
import type { exportsContract } from '../contract.ts'
import type { MemberExportQuery } from '../model.ts'
import { DepartmentTree } from '../rules/department-tree.ts'
import { type ExportedMember, memberCells, memberColumns } from '../rules/member-rows.ts'
import { readDepartments, readStaffCodes, readSubtrees } from '../views.ts'
import { type ExportShape, exportFile, maskedNote, type RowPage } from './file.ts'

const membersPerPage = 500

/** Writes the members that the caller may see to a file, contacts masked as in the list (MIG-1). */
export function exportMembers(
  open: Open,
  { query }: RouteInput<typeof exportsContract.exportMembers>,
): Promise<StreamReply> {
  const { format, layout, search = null, departmentIds } = query
  return exportFile<ExportedMember, string>(open, {
    order: {
      kind: 'members',
      format,
      search,
      filters: {
        layout,
        departmentIds: departmentIds?.toLowerCase() ?? null,
        includeSubdepartments: departmentIds === undefined ? null : query.includeSubdepartments,
        status: query.status ?? null,
        role: query.role ?? null,
        managerId: query.managerId ?? null,
        holding: query.holding ?? null,
      },
    },
    begin: async (tx, { company }) => ({
      shape: await shapeOf(tx, query, company),
      first: await pageOf(tx, query, undefined),
    }),
    pageAfter: (tx, cursor) => pageOf(tx, query, cursor),
  })
}

async function shapeOf(
  tx: Tx,
  { layout }: MemberExportQuery,
  company: string,
): Promise<ExportShape<ExportedMember>> {
  const scope = await scopeOf(tx)
  const columns = memberColumns(layout)
  const template = layout === 'wecom' ? wecomMembersTemplate : membersTemplate
  const tree = new DepartmentTree(await readDepartments(tx, scope))
  const isMasked = scope.kind !== 'self' && !seesContacts(tx)
  const notes = layout === 'wecom' ? template.notes.map(({ zh }) => zh) : []
  return {
    sheetName:
      layout === 'wecom' ? template.sheetName.zh : `${template.sheetName.zh} ${template.sheetName.en}`,
    notes: isMasked ? [maskedNote, ...notes] : notes,
    columns: columns.map(({ column, header, isRequired }) => ({ header, isRequired, width: column.width })),
    cellsOf: memberCells(columns, layout, { company, tree }),
    isMasked,
  }
}

// As the list masks them.
function seesContacts({ caller }: Tx): boolean {
  return isCompanyCaller(caller) && (caller.role === 'owner' || caller.role === 'admin')
}

async function pageOf(
  tx: Tx,
  query: MemberExportQuery,
  cursor: string | undefined,
): Promise<RowPage<ExportedMember, string>> {
  const { search, status, role, managerId, holding, sort, layout } = query
  const { items, nextCursor } = await listMembersIn(
    tx,
    {
      ...{ search, status, role, managerId, holding, sort, cursor },
      includeSubdepartments: 'false',
      limit: membersPerPage,
    },
    { departmentIds: await wantedDepartments(tx, query), exceptLeft: layout === 'wecom' },
  )
  const managers = items.flatMap(({ managerId: above }) => (above === null ? [] : [above]))
  const codes = await readStaffCodes(tx, managers)
  return {
    rows: items.map((member) => ({
      member,
      managerStaffCode: member.managerId === null ? null : (codes.get(member.managerId) ?? null),
    })),
    next: nextCursor,
  }
}

async function wantedDepartments(tx: Tx, query: MemberExportQuery): Promise<readonly string[] | undefined> {
  const chosen = query.departmentIds?.toLowerCase().split(',')
  if (chosen === undefined || query.includeSubdepartments === 'false') return chosen
  return readSubtrees(tx, chosen)
}
