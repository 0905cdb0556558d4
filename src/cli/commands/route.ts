import { routingContract } from '../../features/routing/contract.ts'
import { type Place, throughApi, withExamples } from '../command.ts'
import { misuse } from '../failure.ts'
import type { ResponseOf } from '../session.ts'
import { facts, moment } from '../show.ts'

/** `baton route`. */
export function addRouteCommand(place: Place): void {
  const command = place.program
    .command('route <number>')
    .description('Who holds a number now and where it rings')
    .action(
      throughApi(place, async ({ output, session }, written) => {
        const e164 = lineOf(written ?? '')
        const { body } = await session.ask(routingContract.readRoute, { params: { e164 } })
        output.result(body, describeRoute(body))
        return undefined
      }),
    )
  withExamples(command, [
    'npx baton route "+86 138 0013 8000"',
    'npx baton route +8613800138000 --json --token-file proxy-token.txt',
  ])
}

// A token of the installation can look nothing else up, so that the number has to be whole.
function lineOf(written: string): string {
  const compact = written
    .normalize('NFKC')
    .replace(/[\s().-]/g, '')
    .replace(/^00/, '+')
  if (/^\+[1-9]\d{3,14}$/.test(compact)) return compact
  throw misuse(
    `"${written}" is not a phone number with its country code.`,
    'Write it whole, such as +8613800138000.',
  )
}

function describeRoute(route: ResponseOf<typeof routingContract.readRoute>): string {
  const { holder, rings } = route
  return facts([
    ['Number', route.e164],
    ['Company', route.companyId],
    ['State', route.state],
    ['Holder', holder === null ? null : (holder.name ?? holder.memberId)],
    ['Staff code', holder?.staffCode],
    ['Rings', `${rings.target} (${rings.kind})`],
    ['Since', moment(route.since)],
  ])
}
