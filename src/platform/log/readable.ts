import { z } from 'zod'

const lineSchema = z.looseObject({ level: z.string(), time: z.string(), msg: z.string().default('') })

/** Turns a JSON log line into one for people; what is no such line stays as it is. */
export function readable(line: string): string {
  const parsed = lineSchema.safeParse(parse(line))
  if (!parsed.success) return line
  const { level, time, msg, err, reqId, ...rest } = parsed.data
  const fields = Object.entries(rest).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )
  const what = [time.slice(11, 23), level.toUpperCase().padEnd(5), msg, ...fields].filter(
    (part) => part !== '',
  )
  return `${what.join(' ')}${stackOf(err)}\n`
}

function stackOf(error: unknown): string {
  const known = z.object({ stack: z.string() }).safeParse(error)
  return known.success ? `\n  ${known.data.stack.replaceAll('\n', '\n  ')}` : ''
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
