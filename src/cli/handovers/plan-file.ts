import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { Id } from '../../kernel/fields.ts'
import { misuse } from '../failure.ts'

export const planFileFormat = 'baton.handover-plan/1'

/** What `baton handover apply` needs of a plan; the rest of the file is for whoever reads it. */
const PlanFile = z.looseObject({
  format: z.literal(planFileFormat),
  handoverId: Id,
  planHash: z.string().regex(/^[0-9a-f]{64}$/),
})
export type PlanFile = z.infer<typeof PlanFile>

/** @throws Failure when the file cannot be read or is no plan */
export async function readPlanFile(file: string): Promise<PlanFile> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw misuse(`The plan cannot be read: ${error.message}.`)
  })
  const read = PlanFile.safeParse(parse(text))
  if (read.success) return read.data
  throw misuse(
    `${file} is not a plan of a handover.`,
    'Make one with: npx baton handover plan --leaver MEMBER --to MEMBER --output plan.json',
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
