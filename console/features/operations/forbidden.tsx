import { ProblemState } from '../../ui/states.tsx'

const forbidden = { code: 'access.forbidden', status: 403, message: '', next: '', requestId: null } as const

/** In place of a screen that the reader's role does not open. */
export function Forbidden() {
  return <ProblemState problem={forbidden} />
}
