import { handoverItemsFile, handoverPlanFile, handoversFile } from './lists/handovers.ts'
import { importsFile } from './lists/imports.ts'
import { operationsFile, scheduledMovesFile } from './lists/operations.ts'
import { systemsFile, workAccountsFile } from './lists/outside.ts'
import { apiTokensFile, departmentsFile, holdingsFile, invitationsFile } from './lists/people.ts'
import { legalHoldsFile, requestsFile } from './lists/requests.ts'
import { tasksFile } from './lists/tasks.ts'

/** Every list that can be taken along as it is shown, by the operationId of its file. One entry makes the route. */
export const listFiles = {
  exportTasks: tasksFile,
  exportWorkAccounts: workAccountsFile,
  exportSystems: systemsFile,
  exportRequests: requestsFile,
  exportLegalHolds: legalHoldsFile,
  exportOperations: operationsFile,
  exportScheduledMoves: scheduledMovesFile,
  exportDepartments: departmentsFile,
  exportHoldings: holdingsFile,
  exportInvitations: invitationsFile,
  exportApiTokens: apiTokensFile,
  exportImports: importsFile,
  exportHandovers: handoversFile,
  exportHandoverPlan: handoverPlanFile,
  exportHandoverItems: handoverItemsFile,
} as const
export type ListFileName = keyof typeof listFiles
