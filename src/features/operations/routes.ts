import { bind, bindFile } from '../../platform/http/bind.ts'
import { operationsContract } from './contract.ts'
import { exportOperation } from './service/export.ts'
import { getOperation, listOperations } from './service/read.ts'
import {
  cancelOperation,
  pauseOperation,
  resumeOperation,
  retryOperation,
  undoOperation,
} from './service/steer.ts'

export const operationRoutes = [
  bind(operationsContract.listOperations, listOperations),
  bind(operationsContract.getOperation, getOperation),
  bindFile(operationsContract.exportOperation, ({ open }, input) => exportOperation(open, input)),
  bind(operationsContract.pauseOperation, pauseOperation),
  bind(operationsContract.resumeOperation, resumeOperation),
  bind(operationsContract.retryOperation, retryOperation),
  bind(operationsContract.cancelOperation, cancelOperation),
  bind(operationsContract.undoOperation, undoOperation),
]
