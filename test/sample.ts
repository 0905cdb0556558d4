import { z } from 'zod'

/** Says which id to put where a shape asks for one, by the name of the member that takes it. */
export type IdFor = (name: string) => string

interface Place {
  readonly name: string
  readonly idFor: IdFor
}

const words = [
  'now',
  'Sample text',
  'sample-text',
  'sample@example.com',
  'correct horse lamp 41',
  '+493012345678',
  '2031-05-01T09:00:00Z',
  '2031-05-01',
  'Asia/Shanghai',
  'ab'.repeat(32),
  'DE',
  '123456',
  'true',
]
const plain = [1, 5, true, null]

/**
 * Makes a value that a shape accepts, with as little in it as it takes: what may be left out is left out, then tried
 * one by one and two by two where something is asked for all the same.
 * @throws Error when no value is found; then the candidates above need one more
 */
export function sampleOf(shape: z.ZodType, idFor: IdFor): unknown {
  const found = candidatesOf(shape, { name: '', idFor }).find((value) => shape.safeParse(value).success)
  if (found === undefined) throw new Error('no sample fits this shape')
  return found
}

function candidatesOf(shape: z.core.$ZodType, place: Place): unknown[] {
  if (shape instanceof z.ZodObject) return objectsOf(shape, place)
  if (shape instanceof z.ZodUnion) return shape.options.flatMap((option) => candidatesOf(option, place))
  if (shape instanceof z.ZodEnum) return shape.options
  if (shape instanceof z.ZodLiteral) return [...shape.values]
  if (shape instanceof z.ZodArray) return candidatesOf(shape.element, place).map((value) => [value])
  if (shape instanceof z.ZodRecord) return [{}]
  if (shape instanceof z.ZodPipe) return candidatesOf(shape.in, place)
  const inner = innerOf(shape)
  return inner ? candidatesOf(inner, place) : [place.idFor(place.name), ...words, ...plain]
}

function innerOf(shape: z.core.$ZodType): z.core.$ZodType | null {
  const isWrapped =
    shape instanceof z.ZodOptional || shape instanceof z.ZodNullable || shape instanceof z.ZodDefault
  return isWrapped ? shape.unwrap() : null
}

// The least object first, then one for each member that may be left out, and for each two of them.
function objectsOf(shape: z.ZodObject, { idFor }: Place): unknown[] {
  const needed: Record<string, unknown> = {}
  const extras: Record<string, unknown>[] = []
  for (const [name, member] of Object.entries(shape.shape)) {
    const value = firstFitting(member, { name, idFor })
    if (z.safeParse(member, undefined).success) extras.push({ [name]: value })
    else needed[name] = value
  }
  return [
    needed,
    ...extras.map((extra) => ({ ...needed, ...extra })),
    ...extras.flatMap((one) => extras.map((other) => ({ ...needed, ...one, ...other }))),
    Object.assign({}, needed, ...extras),
  ]
}

function firstFitting(shape: z.core.$ZodType, place: Place): unknown {
  return candidatesOf(shape, place).find((value) => z.safeParse(shape, value).success)
}
