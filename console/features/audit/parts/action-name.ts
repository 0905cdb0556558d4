import { useActionWords } from '../action-words.ts'
import { knownAction } from '../actions.ts'

/** What was done, in words; an action of a later Baton is named as the ledger does. */
export function useActionName(): (action: string) => string {
  const t = useActionWords()
  return (action) => {
    const known = knownAction(action)
    return known ? t(`action.${known}`) : action
  }
}
