export type { MessageTemplate } from './model.ts'
export { defineTemplate } from './model.ts'
export type { MessagePlan } from './service/send.ts'
export { sendMessage } from './service/send.ts'
