import { accountsContract } from './features/accounts/contract.ts'
import { auditContract } from './features/audit/contract.ts'
import { companiesContract } from './features/companies/contract.ts'
import { numbersContract } from './features/numbers/contract.ts'
import { peopleContract } from './features/people/contract.ts'
import { requestsContract } from './features/requests/contract.ts'

/** The whole API in one screen: every feature's contract under its word. */
export const contract = {
  audit: auditContract,
  requests: requestsContract,
  companies: companiesContract,
  people: peopleContract,
  numbers: numbersContract,
  accounts: accountsContract,
}
