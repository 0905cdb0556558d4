/** Which members' particulars an import has replaced. */
export interface MemberBefore {
  readonly staffCode: string
  readonly name: string
  readonly alias: string | null
  readonly title: string | null
  readonly email: string | null
  readonly mobile: string | null
  readonly destination: string | null
  readonly role: 'owner' | 'admin' | 'lead' | 'auditor' | 'member'
  readonly managerId: string | null
  readonly departments: readonly { readonly departmentId: string; readonly isLead: boolean }[]
}

export interface NumberBefore {
  readonly label: string | null
  readonly type: 'mobile' | 'landline' | 'toll_free'
  readonly fields: Readonly<Record<string, string>>
}

/** A number that went to somebody, or will. */
export interface MoveDone {
  /** Null when it is done; else the move that waits. */
  readonly moveId: string | null
}

/** What applying a row has done, with what taking it back needs. */
export type Applied =
  | {
      readonly did: 'member_created'
      readonly memberId: string
      readonly version: number
      /** Departments that were made for it, the upper first. */
      readonly departments: readonly string[]
    }
  | {
      readonly did: 'member_changed'
      readonly memberId: string
      readonly version: number
      readonly departments: readonly string[]
      readonly before: MemberBefore
    }
  | {
      readonly did: 'number_added'
      readonly numberId: string
      readonly e164: string
      readonly version: number
      readonly move: MoveDone | null
    }
  | {
      readonly did: 'number_changed'
      readonly numberId: string
      readonly version: number
      readonly before: NumberBefore
      readonly move: MoveDone | null
    }
  | { readonly did: 'moved'; readonly numberId: string; readonly version: number; readonly move: MoveDone }
  | { readonly did: 'record_taken_in' }
  | {
      readonly did: 'system_added'
      /** Null where the system was there already. */
      readonly systemId: string | null
      readonly account: { readonly workAccountId: string; readonly version: number } | null
    }

/** What became of a row. */
export interface RowDone {
  readonly state: 'done' | 'waiting'
  readonly applied: Applied
}

/** The departments that rows made, each once, the upper first. */
export function departmentsMade(rows: readonly { readonly applied: Applied }[]): string[] {
  return rows.flatMap(({ applied }) => ('departments' in applied ? applied.departments : []))
}
