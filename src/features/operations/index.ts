export type {
  DoneItem,
  ItemResult,
  OperationKind,
  OperationPlan,
  Parties,
  PlannedItem,
  RunningOperation,
  SliceItem,
} from './kinds.ts'
export { wireOperationKinds } from './kinds.ts'
export { readOperation } from './service/read.ts'
export { runSlice } from './service/run-slice.ts'
export { beginOperation, expectedFinish } from './service/start.ts'
export { undoOperation } from './service/steer.ts'
export { doneItems } from './views.ts'
