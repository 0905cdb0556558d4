import { type BoundRoute, bind, bindFile, bindOwn } from '../../platform/http/bind.ts'
import { handoversContract as contract } from './contract.ts'
import { acceptHandover } from './service/accept.ts'
import { approveHandover, submitHandover } from './service/approve.ts'
import { cancelHandover, changeHandover, planHandover } from './service/change.ts'
import { createHandover } from './service/create.ts'
import { handItem, retryItem, skipItem } from './service/item-actions.ts'
import { checkLeavers, downloadLeaversForm, type LeaverParts, readLeavers } from './service/leavers.ts'
import { createHandovers } from './service/many.ts'
import { getPlan } from './service/plan.ts'
import { getHandover, listHandovers } from './service/read.ts'
import { listHandoverItems } from './service/read-items.ts'
import { getReceipt } from './service/receipt.ts'
import { exportLeavers, listLeavers } from './service/report.ts'
import { runHandover } from './service/start.ts'
import { pauseHandover, resumeHandover } from './service/steer.ts'
import { listSuccessors } from './service/suggest.ts'
import { undoHandover } from './service/undo.ts'

export function handoverRoutes(parts: LeaverParts): readonly BoundRoute[] {
  return [
    bind(contract.listHandovers, listHandovers),
    bind(contract.createHandover, createHandover),
    bind(contract.createHandovers, createHandovers),
    bindOwn(contract.readLeavers, (context, input) => readLeavers(parts, context, input)),
    bind(contract.checkLeavers, checkLeavers),
    bindFile(contract.downloadLeaversForm, downloadLeaversForm),
    bind(contract.listLeavers, listLeavers),
    bindFile(contract.exportLeavers, ({ open }, input) => exportLeavers(open, input)),
    bind(contract.listSuccessors, listSuccessors),
    bind(contract.getHandover, getHandover),
    bind(contract.changeHandover, changeHandover),
    bind(contract.getPlan, getPlan),
    bind(contract.planHandover, planHandover),
    bind(contract.submitHandover, submitHandover),
    bind(contract.approveHandover, approveHandover),
    bind(contract.acceptHandover, acceptHandover),
    bind(contract.runHandover, runHandover),
    bind(contract.pauseHandover, pauseHandover),
    bind(contract.resumeHandover, resumeHandover),
    bind(contract.cancelHandover, cancelHandover),
    bind(contract.listHandoverItems, listHandoverItems),
    bind(contract.retryHandoverItem, retryItem),
    bind(contract.skipHandoverItem, skipItem),
    bind(contract.handHandoverItem, handItem),
    bind(contract.undoHandover, undoHandover),
    bindFile(contract.getReceipt, getReceipt),
  ]
}
