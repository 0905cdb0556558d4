/** What a route would hand to a use case of another feature. */
export function inputOf<const Params extends object, const Body extends object>(given: {
  readonly params?: Params
  readonly body?: Body
  readonly expectedVersion?: number | null
}) {
  return {
    params: given.params as Params,
    query: {},
    body: given.body as Body,
    expectedVersion: given.expectedVersion ?? null,
    language: 'en' as const,
  }
}
