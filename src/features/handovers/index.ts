export { handedTask } from './task-template.ts'
