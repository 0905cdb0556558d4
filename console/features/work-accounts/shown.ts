/** What the screen of systems and accounts shows before anything is chosen. */
export const shownAtFirst = {
  view: 'accounts',
  q: '',
  system: '',
  state: '',
  holder: '',
  /** The dialog that is open: `account`, `system`, or the id of a system to edit. */
  add: '',
  /** The number that a new account is to hang on. */
  number: '',
}
export type Shown = typeof shownAtFirst
