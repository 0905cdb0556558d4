import type { CellValue, Column, DepartmentPath } from '../../imports/model/column.ts'
import { headerOf } from '../../imports/model/column.ts'
import type { Template } from '../../imports/model/template.ts'
import { membersTemplate } from '../../imports/model/templates/members.ts'
import { wecomMembersTemplate } from '../../imports/model/templates/wecom.ts'
import { writeValue } from '../../imports/model/written-value.ts'
import type { Member } from '../../people/model.ts'
import type { DepartmentTree } from './department-tree.ts'

/** A column of a file and what a header says of it. */
export interface ExportColumn {
  readonly column: Column
  readonly header: string
  readonly isRequired: boolean
}

export type MemberLayout = 'baton' | 'wecom'

export interface ExportedMember {
  readonly member: Member
  readonly managerStaffCode: string | null
}

/** What stands above all departments, and how to reach each. */
export interface Structure {
  readonly company: string
  readonly tree: DepartmentTree
}

/** The columns of a file of members: those of the template that reads it again. */
export function memberColumns(layout: MemberLayout): readonly ExportColumn[] {
  if (layout === 'baton') return templateColumns(membersTemplate)
  const headers = wecomMembersTemplate.layouts.find(({ name }) => name === 'wecom-export')?.columns ?? []
  return headers.flatMap(([key, header]) => {
    const column = wecomMembersTemplate.columns.find((one) => one.key === key)
    return column ? [{ column, header, isRequired: requiredByWecom.has(key) }] : []
  })
}

const requiredByWecom: ReadonlySet<string> = new Set(['name', 'staffCode', 'departments'])

/** The columns of a template of Baton's own, with headers in both languages. */
export function templateColumns({ columns }: Pick<Template, 'columns'>): readonly ExportColumn[] {
  return columns.map((column) => ({
    column,
    header: headerOf(column, 'both'),
    isRequired: column.required,
  }))
}

/** The cells of a member in these columns. */
export function memberCells(
  columns: readonly ExportColumn[],
  layout: MemberLayout,
  structure: Structure,
): (exported: ExportedMember) => readonly string[] {
  const valuesOf = layout === 'baton' ? batonValues : wecomValues
  return (exported) => {
    const values = valuesOf(exported, structure)
    return columns.map(({ column }) => writeValue(column, values[column.key]))
  }
}

type Values = Readonly<Record<string, CellValue | null>>

function batonValues({ member, managerStaffCode }: ExportedMember, { tree }: Structure): Values {
  const departments: DepartmentPath[] = member.departments.map((department) => ({
    names: tree.pathOf(department),
    isLead: department.isLead,
  }))
  return {
    staffCode: member.staffCode,
    name: member.name,
    alias: member.alias,
    title: member.title,
    departments,
    managerStaffCode,
    mobile: member.mobile,
    email: member.email,
    destination: member.destination,
    role: member.role,
    status: member.status,
  }
}

// WeCom knows the company as the top department, and a member without a department as one of it (MIG-1). It has no mark
// for who leads, and numbers of the mainland stand without a country code.
function wecomValues({ member }: ExportedMember, { company, tree }: Structure): Values {
  const paths = member.departments.map((department) => [company, ...tree.pathOf(department)])
  return {
    staffCode: member.staffCode,
    name: member.name,
    alias: member.alias,
    title: member.title,
    departments: (paths.length === 0 ? [[company]] : paths).map((names) => ({ names, isLead: false })),
    mobile: member.mobile?.replace(/^\+86(?=1\d{10}$)/, '') ?? null,
    email: member.email,
    activation: member.account === 'joined' ? '已激活' : '未激活',
    // A text here, since WeCom has words of its own for yes and no.
    disabled: member.status === 'suspended' ? '禁用' : '启用',
  }
}
