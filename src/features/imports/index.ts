export type { TableLine } from './rules/read-table.ts'
export { fromSerial, timeReader } from './rules/times.ts'
export { readTableFrom } from './service/read-table.ts'
export { fileOfForm } from './service/templates.ts'
