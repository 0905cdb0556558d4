import type { RouteContract, RouteInput } from '../../kernel/route.ts'
import { type Answer, type BoundRoute, bind, bindOwn } from '../../platform/http/bind.ts'
import { signInContract as contract } from './contract.ts'
import { allowBrowser } from './service/allow-browser.ts'
import { forgetPassword } from './service/forgot.ts'
import { openSession } from './service/open-session.ts'
import { resetPassword } from './service/reset.ts'
import { startSignIn } from './service/start.ts'
import { verifySignIn } from './service/verify.ts'
import { receive, type SignInParts, type Visit } from './service/visit.ts'
import { readSignInWays } from './service/ways.ts'

export function signInRoutes(parts: SignInParts): readonly BoundRoute[] {
  return [
    bind(contract.readSignInWays, async () => readSignInWays(parts)),
    atTheDoor(parts, contract.startSignIn, startSignIn),
    atTheDoor(parts, contract.verifySignIn, verifySignIn),
    atTheDoor(parts, contract.allowBrowser, allowBrowser),
    atTheDoor(parts, contract.openSession, openSession),
    atTheDoor(parts, contract.forgetPassword, forgetPassword),
    atTheDoor(parts, contract.resetPassword, resetPassword),
  ]
}

function atTheDoor<Route extends RouteContract>(
  parts: SignInParts,
  route: Route,
  run: (visit: Visit, input: RouteInput<Route>) => Promise<Answer<Route>>,
): BoundRoute {
  return bindOwn(route, (context, input) =>
    receive({ context, parts, language: input.language }, (visit) => run(visit, input)),
  )
}
