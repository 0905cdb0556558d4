export { createDoorkeeper } from './doorkeeper.ts'
export { openSessionOf, signedOut } from './service/sessions.ts'
export { createAccount, hasCompany, joinCompany, lockSetup } from './store.ts'
