import { allRoutes } from './routes.ts'

/** The method and address of every route, for the console: types come from the contract, these are all it needs at run time. */
export function consoleRoutes(): string {
  const lines = allRoutes().map(
    ({ route: { operationId, method, path } }) => `  ${operationId}: ['${method}', '${path}'],`,
  )
  return [
    '// Made from src/contract.ts by `npm run api`.',
    'export const routes = {',
    ...lines,
    '} as const',
    '',
  ].join('\n')
}
