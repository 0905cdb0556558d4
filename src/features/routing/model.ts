import { z } from 'zod'
import { Id, Instant } from '../../kernel/fields.ts'
import { defineRefusals } from '../../kernel/refusal.ts'

/** As an address carries it: `+8613800138000`, `%2B8613800138000`, or without the plus. */
export const Line = z
  .string()
  .min(4)
  .max(16)
  .regex(/^\+?[1-9]\d{3,14}$/, 'is not a phone number in E.164, such as +8613800138000')
  .transform((text) => (text.startsWith('+') ? text : `+${text}`))
  .describe('Phone number in E.164, e.g. +8613800138000; in an address also %2B8613800138000')

const Rings = z
  .object({
    kind: z
      .enum(['phone', 'sip', 'announcement'])
      .describe("The holder's phone or SIP address, or what the company lets callers hear"),
    target: z
      .string()
      .max(200)
      .describe('E.164, a SIP URI, or for an announcement a name that the telephone system knows'),
  })
  .describe('Where the number rings')
export type Rings = z.infer<typeof Rings>

const RouteHolder = z
  .object({
    memberId: Id,
    name: z.string().max(200).optional().describe('Name; left out for a token of the installation'),
    staffCode: z.string().max(64).optional().describe('Staff code; left out for a token of the installation'),
  })
  .describe('The member who holds the number')

export const NumberRoute = z
  .object({
    e164: z.string().max(16).describe('Phone number in E.164'),
    companyId: Id.optional().describe('Whose number it is; for a token of the installation only'),
    state: z.enum(['held', 'parked']).describe('Who has the number: a member, or the company'),
    holder: RouteHolder.nullable().describe('Null when parked'),
    rings: Rings,
    since: Instant.describe('Since when custody is as it is'),
    version: z.int().min(1).describe('Version of the number; goes up with every move'),
  })
  .meta({ id: 'NumberRoute' })
export type NumberRoute = z.infer<typeof NumberRoute>

export const routeRefusal = defineRefusals({
  unknown: {
    code: 'route.unknown',
    status: 404,
    en: {
      title: 'There is no route to {e164} here.',
      next: 'Check the number; add it with POST /v1/numbers if the company owns it.',
    },
    zh: {
      title: '此处没有通往 {e164} 的路由。',
      next: '请检查号码；若为本公司所有，请先通过 POST /v1/numbers 添加。',
    },
  },
})
