import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { Id } from '../../kernel/fields.ts'
import { misuse } from '../failure.ts'

export const planFileFormat = 'baton.handover-plan/1'

export const plansFileFormat = 'baton.handover-plans/1'

/** What `baton handover apply` needs of a plan; the rest of the file is for whoever reads it. */
const Plan = z.looseObject({ handoverId: Id, planHash: z.string().regex(/^[0-9a-f]{64}$/) })
const PlanFile = z.discriminatedUnion('format', [
  Plan.extend({ format: z.literal(planFileFormat) }),
  z.looseObject({ format: z.literal(plansFileFormat), plans: z.array(Plan).min(1) }),
])
export type PlanFile = Pick<z.infer<typeof Plan>, 'handoverId' | 'planHash'>

/** The plan of a file, or the plans of several leavers. @throws Failure when the file cannot be read or is no plan */
export async function readPlanFile(file: string): Promise<readonly PlanFile[]> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw misuse(`The plan cannot be read: ${error.message}.`)
  })
  const read = PlanFile.safeParse(parse(text))
  if (read.success) return read.data.format === planFileFormat ? [read.data] : read.data.plans
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
