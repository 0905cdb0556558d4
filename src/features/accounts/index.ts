export { createDoorkeeper } from './doorkeeper.ts'
export { accountRefusal } from './model.ts'
export { accountsRoutes } from './routes.ts'
