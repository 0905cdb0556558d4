/** Something that a member holds, as every feature reports it (HAN-1, NUM-13). */
export interface Holding {
  readonly kind: 'number' | 'loan_return' | 'role' | 'department_lead'
  readonly id: string
  /** As its reader knows it, e.g. the phone number. */
  readonly label: string
}
