import { type BoundRoute, bind, bindOwn } from '../../platform/http/bind.ts'
import { accountsContract as contract } from './contract.ts'
import {
  createInstallationToken,
  listInstallationTokens,
  type OperatorLog,
  revokeInstallationToken,
} from './service/installation-tokens.ts'
import { listMemberSessions, listSessions } from './service/list-sessions.ts'
import { listCompanies, readMe } from './service/me.ts'
import { type ResetParts, resetOwner } from './service/owner-reset.ts'
import { endOneSession, endOtherSessions, endSession } from './service/sessions.ts'
import { createCompany, readSetup, setUp } from './service/set-up.ts'
import { createSignInLink } from './service/sign-in-link.ts'
import { createApiToken, listApiTokens, revokeApiToken } from './service/tokens.ts'

/** `log` takes what no ledger can: decisions about the installation itself. */
export function accountsRoutes({
  log,
  vault,
  publicUrl,
}: ResetParts & { readonly log: OperatorLog }): readonly BoundRoute[] {
  return [
    bind(contract.readSetup, (tx) => readSetup(tx)),
    bindOwn(contract.setUp, setUp),
    bindOwn(contract.createCompany, createCompany),
    bind(contract.listCompanies, listCompanies),
    bind(contract.endSession, (tx) => endSession(tx)),
    bind(contract.listSessions, listSessions),
    bind(contract.endOneSession, endOneSession),
    bind(contract.endOtherSessions, (tx) => endOtherSessions(tx)),
    bind(contract.listMemberSessions, listMemberSessions),
    bind(contract.readMe, (tx) => readMe(tx)),
    bind(contract.createApiToken, createApiToken),
    bind(contract.listApiTokens, listApiTokens),
    bind(contract.revokeApiToken, revokeApiToken),
    bindOwn(contract.createInstallationToken, (context, input) =>
      createInstallationToken({ ...context, log }, input),
    ),
    bind(contract.listInstallationTokens, listInstallationTokens),
    bindOwn(contract.revokeInstallationToken, (context, input) =>
      revokeInstallationToken({ ...context, log }, input),
    ),
    bindOwn(contract.createSignInLink, createSignInLink),
    bindOwn(contract.resetOwner, (context, input) => resetOwner(context, { vault, publicUrl }, input)),
  ]
}
