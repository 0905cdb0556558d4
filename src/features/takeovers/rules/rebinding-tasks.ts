import type { Solution } from '../model.ts'

export interface People {
  readonly holderId: string | null
  readonly holderHasAccount: boolean
  readonly formerMemberId: string | null
  readonly formerName: string | null
  /** Gone members get no tasks in Baton; they are asked as persons without an account. */
  readonly formerIsGone: boolean
}

/** A task, and who is to do it: a member, a person without an account, or with neither any Owner or Admin. */
export interface NeededTask {
  readonly template:
    | 'rebinding.delete_account'
    | 'rebinding.invite'
    | 'rebinding.change_mobile'
    | 'rebinding.bind_afterwards'
  readonly forMemberId: string | null
  readonly forName: string | null
  /** Whose name that is. */
  readonly formerMemberId?: string
}

/** What people have to do for a solution, in order (ACC-11). */
export function tasksFor(solution: Solution, people: People): NeededTask[] {
  return solution === 'take_over' ? tasksToTakeOver(people) : tasksToDelete(people)
}

function tasksToTakeOver({ holderId, holderHasAccount }: People): NeededTask[] {
  const invite: NeededTask = { template: 'rebinding.invite', forMemberId: null, forName: null }
  const change = forHolder('rebinding.change_mobile', holderId)
  return holderHasAccount ? change : [invite, ...change]
}

function tasksToDelete({ holderId, formerMemberId, formerName, formerIsGone }: People): NeededTask[] {
  const asked = formerIsGone
    ? { forMemberId: null, forName: formerName, ...(formerMemberId === null ? {} : { formerMemberId }) }
    : { forMemberId: formerMemberId, forName: null }
  return [
    { template: 'rebinding.delete_account', ...asked },
    ...forHolder('rebinding.bind_afterwards', holderId),
  ]
}

function forHolder(template: NeededTask['template'], holderId: string | null): NeededTask[] {
  return holderId === null ? [] : [{ template, forMemberId: holderId, forName: null }]
}
