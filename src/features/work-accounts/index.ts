export { addWorkAccount, removeWorkAccount } from './service/accounts.ts'
export { addSystem, findSystemsNamed, removeSystem, wecomSystemId } from './service/systems.ts'
export { workAccountTemplates } from './templates.ts'
export { findAccountsNamed } from './views.ts'
