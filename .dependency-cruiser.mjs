// The rooms of the house and the one way down between them. A rule's comment is what the offender reads.

/** The order of the features: each may enter only what stands before it, by its index.ts or its nouns. */
export const mayEnter = layered([
  ['audit', 'custody-ports', 'messages'],
  ['requests'],
  ['operations'],
  ['companies'],
  ['people'],
  ['numbers'],
  ['records', 'accounts', 'routing', 'tasks'],
  ['factors'],
  ['customers', 'work-accounts', 'sign-in'],
  ['identifiers', 'invitations'],
  ['takeovers', 'deletions'],
  ['imports', 'migrations', 'recovery'],
  ['handovers'],
  ['exports', 'sample'],
])

function layered(layers) {
  const order = {}
  let below = []
  for (const layer of layers) {
    for (const feature of layer) order[feature] = below
    below = [...below, ...layer]
  }
  return order
}

const feature = '^src/features/([^/]+)/'
const test = '[.]test[.]ts$'
const nouns = '^src/features/[^/]+/((model|[a-z-]*refusals|states)[.]ts$|model/)'
const httpRefusals = '^src/platform/http/refusals[.]ts$'
const zod = 'node_modules/zod/'

/** The files whose name tells their rights: `store.ts`, and where it was split `lists-store.ts` or `store/lists.ts`. */
function files(...names) {
  return names.flatMap((name) => [
    `${feature}${name}[.]ts$`,
    `${feature}[^/]*-${name}[.]ts$`,
    `${feature}${name}/`,
  ])
}

/** The same of the feature that `from` matched. */
function own(...names) {
  return files(...names).map((path) => path.replace('([^/]+)', '$1'))
}

/** Forbids everything but `may`, out of one kind of file. */
function only({ name, comment, from, may }) {
  return { name, comment, severity: 'error', from: { path: from, pathNot: test }, to: { pathNot: may } }
}

const dag = Object.entries(mayEnter).map(([name, below]) => ({
  name: `features-point-down-${name}`,
  comment: `${name} may enter ${below.join(', ') || 'no other feature'}. What a lower feature must hear from an upper one goes through custody-ports.`,
  severity: 'error',
  from: { path: `^src/features/${name}/`, pathNot: test },
  to: { path: '^src/features/', pathNot: [name, ...below].map((other) => `^src/features/${other}/`) },
}))

export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment:
        'Two files that need each other are one file, or hide a third: put what both need below them. Types count.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-missing-files',
      comment: 'This import leads nowhere: correct the path, with its .ts ending.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'only-shipped-packages',
      comment:
        'An installation has no devDependencies: move the package to dependencies and give its reason in docs/decisions/0002.',
      severity: 'error',
      // The console, too: an installation builds it from its sources.
      from: { path: ['^src/', '^console/'], pathNot: test },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['npm'] },
    },
    {
      name: 'no-way-back-from-src',
      comment:
        'What ships knows nothing of tests, tools and benches: they look at src, never the other way round.',
      severity: 'error',
      from: { path: '^src/', pathNot: test },
      to: { path: ['^test/', '^tools/', '^bench/', test] },
    },
    {
      name: 'nothing-enters-the-roof',
      comment:
        'app.ts, main.ts, contract.ts and the command line put the house together; a room that needs them asks for a parameter instead.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/(app|main|contract)[.]ts$', '^src/cli/', test] },
      to: { path: ['^src/(app|main|contract)[.]ts$', '^src/cli/'] },
    },
    only({
      name: 'api-lists-contracts-only',
      comment:
        'src/contract.ts is the whole API in one screen, read by the console too: it lists contracts and nothing else.',
      from: ['^src/contract[.]ts$'],
      may: ['^src/features/[^/]+/contract([.]ts$|/)', '^src/kernel/'],
    }),
    only({
      name: 'kernel-is-pure',
      comment:
        'The kernel imports only zod: everything else rests on it, so it can rest on nothing, not even on Node.',
      from: ['^src/kernel/'],
      may: ['^src/kernel/', zod],
    }),
    {
      name: 'platform-knows-no-feature',
      comment: 'Platform is I/O for any feature: what it needs from one comes in by parameter from app.ts.',
      severity: 'error',
      from: { path: '^src/platform/', pathNot: test },
      to: { path: '^src/', pathNot: ['^src/platform/', '^src/kernel/'] },
    },
    only({
      name: 'http-refusals-are-nouns',
      comment:
        'The refusals of HTTP are words that contracts and stores may name: they rest on the kernel alone.',
      from: [httpRefusals],
      may: ['^src/kernel/'],
    }),
    ...dag,
    {
      name: 'feature-front-door',
      comment:
        'Enter a sibling by its index.ts, or use its nouns (model.ts): its other files are its own business.',
      severity: 'error',
      from: { path: feature, pathNot: test },
      to: { path: feature, pathNot: ['^src/features/$1/', '^src/features/[^/]+/index[.]ts$', nouns] },
    },
    only({
      name: 'models-are-nouns',
      comment:
        'model.ts (and refusals.ts, states.ts beside it) holds nouns: it may use the kernel, other nouns and zod, so that rules, contracts and the console can share it.',
      from: files('model', 'refusals', 'states'),
      may: ['^src/kernel/', nouns, zod],
    }),
    only({
      name: 'rules-are-pure',
      comment:
        'rules.ts decides from what it is given: no clock, SQL, HTTP, Node or package, so that a rule is tested as a table.',
      from: files('rules'),
      may: ['^src/kernel/', nouns, ...own('rules')],
    }),
    only({
      name: 'contracts-are-wire-only',
      comment:
        'contract.ts is read by the server, the console and the documentation: nouns, kernel and zod, nothing with I/O behind it.',
      from: files('contract'),
      may: ['^src/kernel/', nouns, httpRefusals, zod, ...own('contract')],
    }),
    {
      name: 'store-never-calls-up',
      comment:
        'store.ts and views.ts are SQL and no more: deciding, recording and asking other features is the service’s work.',
      severity: 'error',
      from: { path: files('store', 'views'), pathNot: test },
      to: {
        path: [
          ...own('service', 'routes', 'jobs', 'contract', 'contributes'),
          '^src/features/$1/index[.]ts$',
          '^src/platform/(?!db/)',
          '^src/(providers|scim|events)/',
        ],
        pathNot: httpRefusals,
      },
    },
    {
      name: 'store-enters-no-sibling',
      comment:
        'One writer per table: a store that needs another feature’s decision gets it from its service. Nouns may be shared.',
      severity: 'error',
      from: { path: files('store', 'views'), pathNot: test },
      to: { path: feature, pathNot: ['^src/features/$1/', nouns] },
    },
    {
      name: 'services-know-no-server',
      comment:
        'A use case is fn(tx, input), so that batches and handovers reuse it: of HTTP it may know the refusals and Reply, not the server.',
      severity: 'error',
      from: { path: files('service'), pathNot: test },
      to: {
        path: ['^src/platform/http/', 'node_modules/(fastify|@fastify)/', ...own('routes', 'jobs')],
        pathNot: ['^src/platform/http/(refusals|bind)[.]ts$'],
      },
    },
    only({
      name: 'routes-only-bind',
      comment:
        'routes.ts is one bind line a route: contract on the left, service on the right. A decision here is out of reach of batches.',
      from: files('routes'),
      may: ['^src/kernel/', '^src/platform/http/bind[.]ts$', ...own('contract', 'service', 'routes')],
    }),
    only({
      name: 'jobs-use-services',
      comment:
        'jobs.ts repeats use cases after the commit: through the service, which records and decides, never straight to the tables.',
      from: files('jobs'),
      may: [
        '^src/kernel/',
        nouns,
        '^src/platform/(db|jobs|clock|log)/',
        '^src/providers/registry[.]ts$',
        ...own('service', 'jobs'),
      ],
    }),
    only({
      name: 'contributions-use-services',
      comment:
        'contributes.ts tells other features what this one holds: through its service, in the shapes of custody-ports.',
      from: files('contributes'),
      may: [
        '^src/kernel/',
        nouns,
        '^src/platform/db/',
        '^src/features/custody-ports/',
        ...own('service', 'contributes'),
      ],
    }),
    {
      name: 'front-door-shows-own-files',
      comment:
        'index.ts is the front door of one feature: what belongs to another is entered by that one’s own door.',
      severity: 'error',
      from: { path: `${feature}index[.]ts$` },
      to: { path: feature, pathNot: '^src/features/$1/', dependencyTypes: ['export'] },
    },
    {
      name: 'other-files-stay-low',
      comment:
        'A file with a name of its own (leaf.ts, merkle.ts) serves the files of the table: it may not call service, routes, jobs or HTTP.',
      severity: 'error',
      from: {
        path: feature,
        // The doorkeeper is what the accounts feature fills HTTP's own port with.
        pathNot: [
          test,
          ...files('service', 'routes', 'jobs', 'contributes', 'index', 'contract', 'doorkeeper'),
        ],
      },
      to: {
        path: [...own('service', 'routes', 'jobs', 'contributes'), '^src/platform/http/(?!refusals[.]ts)'],
      },
    },
    {
      name: 'providers-see-only-their-kit',
      comment:
        'A provider talks to the outside and knows nothing of us: kit, kernel and its own folder, so that it cannot reach the database.',
      severity: 'error',
      from: { path: '^src/providers/([^/]+)/', pathNot: test },
      to: { path: '^src/', pathNot: ['^src/providers/$1/', '^src/providers/kit/', '^src/kernel/'] },
    },
    {
      name: 'protocol-doors-enter-by-the-front',
      comment:
        'SCIM and events translate a protocol into use cases: they enter a feature by its index.ts or its nouns.',
      severity: 'error',
      from: { path: '^src/(scim|events)/', pathNot: test },
      to: { path: feature, pathNot: ['^src/features/[^/]+/index[.]ts$', nouns] },
    },
    {
      name: 'console-is-a-client',
      comment:
        'The console is a client of the API: of the server it sees contracts, nouns and the kernel, nothing that could run here.',
      severity: 'error',
      from: { path: '^console/', pathNot: test },
      to: {
        path: '^src/',
        pathNot: ['^src/contract[.]ts$', '^src/features/[^/]+/contract([.]ts$|/)', nouns, '^src/kernel/'],
      },
    },
    {
      name: 'console-brings-no-schemas',
      comment:
        'The console gets its types from the contract, not its schemas, which weigh more than a screen: `import type`. What it may run of src are the plain tables: permission.ts, states.ts, model/defaults.ts.',
      severity: 'error',
      from: { path: '^console/', pathNot: test },
      to: {
        path: ['^src/', zod],
        pathNot: ['^src/kernel/permission[.]ts$', '^src/features/[^/]+/(states|model/defaults)[.]ts$'],
        dependencyTypesNot: ['type-only'],
      },
    },
    only({
      name: 'console-blocks-know-nothing',
      comment:
        'console/ui/ holds blocks for any product: what they show comes in by property, so that they are tested and reused alone.',
      from: ['^console/ui/'],
      may: ['^console/ui/', 'node_modules/'],
    }),
    {
      name: 'console-api-shows-nothing',
      comment:
        'console/api/ is the client of the API: of the console it knows what the reader prefers, no more.',
      severity: 'error',
      from: { path: '^console/api/', pathNot: test },
      to: { path: '^console/', pathNot: ['^console/api/', '^console/ui/preferences[.]ts$'] },
    },
    {
      name: 'console-frame-knows-no-screen',
      comment:
        'console/shell/ is around every screen and loaded first: of a feature it may show parts/, never a screen.',
      severity: 'error',
      from: { path: '^console/shell/', pathNot: test },
      to: { path: '^console/features/', pathNot: '^console/features/[^/]+/parts/' },
    },
    {
      name: 'console-shares-parts-only',
      comment:
        'A screen is its feature’s own business: what another feature shows, too, stands in parts/ of the one it belongs to.',
      severity: 'error',
      from: { path: '^console/features/([^/]+)/', pathNot: test },
      to: {
        path: '^console/features/',
        pathNot: ['^console/features/$1/', '^console/features/[^/]+/parts/'],
      },
    },
    {
      name: 'nothing-enters-the-routes',
      comment:
        'console/routes.tsx puts the screens in their places: an address comes from paths.ts, which anyone may name.',
      severity: 'error',
      from: { path: '^console/', pathNot: ['^console/(main|routes)[.]tsx$', test] },
      to: { path: '^console/(main|routes)[.]tsx$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
