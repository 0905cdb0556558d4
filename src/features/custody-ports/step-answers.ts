import { Refusal } from '../../kernel/refusal.ts'
import type { Particulars, Remark, StepForecast, StepItem, StepResult } from './model.ts'

type Foreseen = Pick<StepForecast, 'before' | 'after'>

/** A forecast of something that can be done at once and taken back, in which nobody's way stands anything, unless told. */
export function forecast(
  { itemId }: Pick<StepItem, 'itemId'>,
  { before, after }: Foreseen,
  more: Partial<Omit<StepForecast, 'itemId' | keyof Foreseen>> = {},
): StepForecast {
  return {
    itemId,
    before,
    after,
    isReversible: true,
    notBefore: null,
    waitsFor: null,
    blockers: [],
    warnings: [],
    becomesVisible: [],
    lostForEver: [],
    licences: 0,
    ...more,
  }
}

/** A refusal as a remark of a plan. */
export function remarkOf({ rule, values, data }: Refusal): Remark {
  return { rule, values, data }
}

export function attempted(
  { itemId }: Pick<StepItem, 'itemId'>,
  before: Particulars,
  after: Particulars,
): StepResult {
  return { itemId, state: 'attempted', before, after }
}

export function failed({ itemId }: Pick<StepItem, 'itemId'>, { code, values }: Refusal): StepResult {
  return { itemId, state: 'failed', refusal: { code, values } }
}

/** Does items one after the other; a refusal, which comes before anything is written, fails its item only. */
export async function eachItem<Item extends StepItem>(
  items: readonly Item[],
  act: (item: Item) => Promise<StepResult>,
): Promise<StepResult[]> {
  const results: StepResult[] = []
  for (const item of items) {
    try {
      results.push(await act(item))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      results.push(failed(item, error))
    }
  }
  return results
}
