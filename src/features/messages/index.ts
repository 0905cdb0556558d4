export type { MessageTemplate } from './model.ts'
export { defineTemplate } from './model.ts'
export { sendMessage } from './service/send.ts'
