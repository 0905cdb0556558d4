import type { Answer, Input, Item } from '../../../api/client.ts'

export type Handover = Answer<'getHandover'>
export type Plan = Answer<'getPlan'>
export type PlanItem = Item<'getPlan'>
export type RunItem = Item<'listHandoverItems'>
export type Remark = PlanItem['blockers'][number]
export type Difference = NonNullable<Handover['difference']>
export type Choice = NonNullable<NonNullable<Input<'createHandover'>['body']>['choices']>[number]
export type Way = PlanItem['way']

/** What somebody is about to do with an item, for which a dialog asks. */
export interface ItemAct {
  readonly act: 'skip' | 'hand'
  readonly item: RunItem
}
