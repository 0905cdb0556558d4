import { contract } from '../../src/contract.ts'
import type { RouteContract } from '../../src/kernel/route.ts'

/** A route with the word of the feature it belongs to and its name there. */
export interface NamedRoute {
  readonly feature: string
  readonly name: string
  readonly route: RouteContract
}

/** Every route of the API, in the order of src/contract.ts. */
export function allRoutes(): NamedRoute[] {
  const features: Readonly<Record<string, Readonly<Record<string, RouteContract>>>> = contract
  return Object.entries(features).flatMap(([feature, routes]) =>
    Object.entries(routes).map(([name, route]) => ({ feature, name, route })),
  )
}
