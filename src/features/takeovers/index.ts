export { takeoverTemplates } from './task-templates.ts'
