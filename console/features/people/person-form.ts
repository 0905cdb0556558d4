import type { Input, Item } from '../../api/client.ts'
import type { ApiProblem } from '../../api/problem.ts'

type Member = Item<'listMembers'>
type NewMember = NonNullable<Input<'createMember'>['body']>
export type MemberChange = NonNullable<Input<'changeMember'>['body']>

interface Place {
  readonly departmentId: string
  readonly isLead: boolean
}

/** What can be written about a person; empty texts are nothing. */
export interface PersonForm {
  readonly staffCode: string
  readonly name: string
  readonly alias: string
  readonly email: string
  readonly mobile: string
  readonly destination: string
  readonly title: string
  readonly managerId: string
  readonly role: Member['role']
  readonly departments: readonly Place[]
}

/** An empty form, in a department where one is looked at. */
export function newForm(departmentId: string): PersonForm {
  return {
    staffCode: '',
    name: '',
    alias: '',
    email: '',
    mobile: '',
    destination: '',
    title: '',
    managerId: '',
    role: 'member',
    departments: departmentId ? [{ departmentId, isLead: false }] : [],
  }
}

/** The form of a member as they are now. */
export function formOf(member: Member): PersonForm {
  return {
    staffCode: member.staffCode,
    name: member.name,
    alias: member.alias ?? '',
    email: member.email ?? '',
    mobile: member.mobile ?? '',
    destination: member.destination ?? '',
    title: member.title ?? '',
    managerId: member.managerId ?? '',
    role: member.role,
    departments: member.departments.map(({ departmentId, isLead }) => ({ departmentId, isLead })),
  }
}

const optional = ['alias', 'email', 'mobile', 'destination', 'title', 'managerId'] as const

/** A new member in the API's words. */
export function newMemberOf(form: PersonForm): NewMember {
  const given = optional.flatMap((field) => {
    const text = form[field].trim()
    return text === '' ? [] : [[field, text]]
  })
  return {
    staffCode: form.staffCode.trim(),
    name: form.name.trim(),
    role: form.role,
    departments: [...form.departments],
    ...Object.fromEntries(given),
  }
}

/** What differs between two forms, in the API's words; null when nothing does. */
export function changeOf(before: PersonForm, after: PersonForm): MemberChange | null {
  const change: MemberChange = {}
  for (const field of ['staffCode', 'name'] as const)
    if (after[field].trim() !== before[field]) change[field] = after[field].trim()
  for (const field of optional)
    if (after[field].trim() !== before[field]) change[field] = after[field].trim() || null
  if (after.role !== before.role) change.role = after.role
  if (placesKey(after) !== placesKey(before)) change.departments = [...after.departments]
  return Object.keys(change).length > 0 ? change : null
}

function placesKey({ departments }: PersonForm): string {
  return departments
    .map(({ departmentId, isLead }) => `${departmentId} ${isLead}`)
    .sort()
    .join()
}

const fieldOfCode: Readonly<Record<string, keyof PersonForm>> = {
  'member.staff_code_taken': 'staffCode',
  'member.mobile_invalid': 'mobile',
  'member.destination_invalid': 'destination',
  'member.manager_is_self': 'managerId',
  'member.manager_has_left': 'managerId',
  'member.manager_cycle': 'managerId',
}

export type FieldErrors = Readonly<Partial<Record<keyof PersonForm, string>>>

/** Which fields a refusal is about, with its words; none for one about the person as a whole. */
export function fieldErrors(problem: ApiProblem | null): FieldErrors {
  if (!problem) return {}
  const field = fieldOfCode[problem.code]
  if (field) return { [field]: `${problem.message} ${problem.next}` }
  const known = Object.keys(newForm(''))
  const found = problem.errors.flatMap(({ path, message }) => {
    const [, name = ''] = /^\/?body\/([^/]+)/.exec(path) ?? []
    return known.includes(name) ? [[name, message]] : []
  })
  return Object.fromEntries(found)
}
