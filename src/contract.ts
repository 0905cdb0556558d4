import { accountsContract } from './features/accounts/contract.ts'
import { auditContract } from './features/audit/contract.ts'
import { companiesContract } from './features/companies/contract.ts'
import { deletionsContract } from './features/deletions/contract.ts'
import { exportsContract } from './features/exports/contract.ts'
import { factorsContract } from './features/factors/contract.ts'
import { handoversContract } from './features/handovers/contract.ts'
import { identifiersContract } from './features/identifiers/contract.ts'
import { importsContract } from './features/imports/contract.ts'
import { invitationsContract } from './features/invitations/contract.ts'
import { messagesContract } from './features/messages/contract.ts'
import { numbersContract } from './features/numbers/contract.ts'
import { operationsContract } from './features/operations/contract.ts'
import { peopleContract } from './features/people/contract.ts'
import { recordsContract } from './features/records/contract.ts'
import { requestsContract } from './features/requests/contract.ts'
import { routingContract } from './features/routing/contract.ts'
import { sampleContract } from './features/sample/contract.ts'
import { signInContract } from './features/sign-in/contract.ts'
import { takeoversContract } from './features/takeovers/contract.ts'
import { tasksContract } from './features/tasks/contract.ts'
import { workAccountsContract } from './features/work-accounts/contract.ts'

/** The whole API in one screen: every feature's contract under its word. */
export const contract = {
  audit: auditContract,
  requests: requestsContract,
  operations: operationsContract,
  companies: companiesContract,
  people: peopleContract,
  numbers: numbersContract,
  records: recordsContract,
  accounts: accountsContract,
  factors: factorsContract,
  messages: messagesContract,
  routing: routingContract,
  tasks: tasksContract,
  workAccounts: workAccountsContract,
  signIn: signInContract,
  invitations: invitationsContract,
  identifiers: identifiersContract,
  takeovers: takeoversContract,
  deletions: deletionsContract,
  imports: importsContract,
  exports: exportsContract,
  handovers: handoversContract,
  sample: sampleContract,
}
