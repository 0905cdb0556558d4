export { createDoorkeeper } from './doorkeeper.ts'
