import { z } from 'zod'
import { isPrivateOnTheWay } from '../net/ask-outside.ts'

const Leaf = z.union([z.string().max(2000), z.number(), z.boolean(), z.null()])
/** A body with `{placeholders}` in its texts. */
export type Body = z.output<typeof Leaf> | readonly Body[] | { readonly [name: string]: Body }
const Body: z.ZodType<Body> = z.lazy(() =>
  z.union([Leaf, z.array(Body).max(100), z.record(z.string().max(200), Body)]),
)

const GatewayTemplate = z.string().min(1).max(200)

export const SmsConfig = z.strictObject({
  /** Where messages are posted to. */
  url: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://sms.example.com/send' })
    .max(1000)
    .refine(isPrivateOnTheWay, 'must begin with https://, since codes go there'),
  /** Sent with each message; the gateway's secret among them. */
  headers: z.record(z.string().regex(/^[\w-]{1,100}$/), z.string().max(2000)).default({}),
  form: z.enum(['json', 'urlencoded']).default('json'),
  /**
   * `{to}` E.164, `{toDigits}` the same without +, `{text}`, `{subject}`, `{template}` the gateway's own name of it,
   * `{language}`, `{messageId}`, `{values}` all values as JSON, and each value by its name, such as `{code}`.
   */
  body: z.record(z.string().max(200), Body),
  /** The gateway's approved texts by our names of templates, one for both languages or one for each; then no other is sent. */
  templates: z
    .record(
      z.string().max(100),
      z.union([GatewayTemplate, z.strictObject({ en: GatewayTemplate, zh: GatewayTemplate })]),
    )
    .optional(),
  /** What a good answer says beside its status, for gateways that answer 200 to everything: a field, by its path. */
  success: z
    .strictObject({
      field: z.string().regex(/^[\w-]+(?:\.[\w-]+){0,9}$/, 'must be a path such as result.0.code'),
      equals: Leaf,
    })
    .optional(),
})
/** How an SMS gateway is spoken to. */
export type SmsConfig = z.output<typeof SmsConfig>
