import { type BoundRoute, bind, bindFile, bindOwn } from '../../platform/http/bind.ts'
import { tasksContract as contract } from './contract.ts'
import { addEvidence, addLinkedEvidence, type EvidenceParts, getEvidence } from './service/evidence.ts'
import { claimLinkedTask, createTaskLink, readLinkedTask } from './service/links.ts'
import { createTask } from './service/open.ts'
import { listTasks, readTask } from './service/read.ts'
import { cancelTask, claimTask, observeTask, reopenTask } from './service/settle.ts'

export function taskRoutes(parts: EvidenceParts): readonly BoundRoute[] {
  return [
    bind(contract.listTasks, listTasks),
    bind(contract.readTask, readTask),
    bind(contract.createTask, createTask),
    bind(contract.claimTask, claimTask),
    bindOwn(contract.addEvidence, (context, input) => addEvidence(parts, context, input)),
    bindFile(contract.getEvidence, (context, input) => getEvidence(parts, context, input)),
    bind(contract.observeTask, observeTask),
    bind(contract.reopenTask, reopenTask),
    bind(contract.cancelTask, cancelTask),
    bind(contract.createTaskLink, createTaskLink),
    bind(contract.readLinkedTask, readLinkedTask),
    bindOwn(contract.addLinkedEvidence, (context, input) => addLinkedEvidence(parts, context, input)),
    bind(contract.claimLinkedTask, claimLinkedTask),
  ]
}
