import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { paths } from './paths.ts'
import { CompanyFrame } from './shell/company-frame.tsx'
import { NotFound } from './shell/not-found.tsx'
import { ScreenFault } from './shell/screen-fault.tsx'

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound })

function outside(path: string, load: () => Promise<Record<string, unknown>>, name: string) {
  return createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load, name) })
}

const company = createRoute({ getParentRoute: () => root, path: '/c/$company', component: CompanyFrame })

function screen(path: string, load: () => Promise<Record<string, unknown>>, name: string) {
  return createRoute({
    getParentRoute: () => company,
    path,
    component: lazyRouteComponent(load, name),
    errorComponent: ScreenFault,
  })
}

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: paths.companies() })
  },
})

const screens = [
  screen('/', () => import('./features/home/home.tsx'), 'Home'),
  screen('/numbers', () => import('./features/numbers/number-list.tsx'), 'NumberList'),
  screen('/numbers/$numberId', () => import('./features/numbers/number-page.tsx'), 'NumberPage'),
  screen('/people', () => import('./features/people/people-list.tsx'), 'PeopleList'),
  screen('/people/$memberId', () => import('./features/people/person-page.tsx'), 'PersonPage'),
  screen('/departments', () => import('./features/people/departments.tsx'), 'Departments'),
  screen('/imports', () => import('./features/imports/import-list.tsx'), 'ImportList'),
  screen('/imports/new', () => import('./features/imports/new-import.tsx'), 'NewImport'),
  screen('/imports/$importId', () => import('./features/imports/import-page.tsx'), 'ImportPage'),
  screen('/batches', () => import('./features/operations/batch-list.tsx'), 'BatchList'),
  screen('/batches/new', () => import('./features/operations/new-batch.tsx'), 'NewBatch'),
  screen('/batches/$operationId', () => import('./features/operations/batch-page.tsx'), 'BatchPage'),
  screen('/moves', () => import('./features/operations/moves.tsx'), 'Moves'),
  screen('/handovers', () => import('./features/handovers/handover-list.tsx'), 'HandoverList'),
  screen('/handovers/new', () => import('./features/handovers/new-handover.tsx'), 'NewHandover'),
  screen('/handovers/many', () => import('./features/handovers/many-leavers.tsx'), 'ManyLeavers'),
  screen('/handovers/report', () => import('./features/handovers/leavers-report.tsx'), 'LeaversReport'),
  screen('/handovers/$handoverId', () => import('./features/handovers/handover-page.tsx'), 'HandoverPage'),
  screen('/tasks', () => import('./features/tasks/task-list.tsx'), 'TaskList'),
  screen('/tasks/$taskId', () => import('./features/tasks/task-page.tsx'), 'TaskPage'),
  screen('/systems', () => import('./features/work-accounts/systems.tsx'), 'Systems'),
  screen(
    '/systems/accounts/$workAccountId',
    () => import('./features/work-accounts/account-page.tsx'),
    'AccountPage',
  ),
  screen('/requests', () => import('./features/requests/requests.tsx'), 'Requests'),
  screen('/holds', () => import('./features/requests/holds.tsx'), 'Holds'),
  screen('/audit', () => import('./features/audit/ledger.tsx'), 'Ledger'),
  screen('/subscription', () => import('./features/companies/subscription.tsx'), 'Subscription'),
  screen('/settings', () => import('./features/companies/settings.tsx'), 'Settings'),
  screen('/settings/outbox', () => import('./features/messages/outbox.tsx'), 'Outbox'),
  screen('/tokens', () => import('./features/accounts/tokens.tsx'), 'Tokens'),
  screen('/me', () => import('./features/accounts/my-account.tsx'), 'MyAccount'),
  screen('/mine', () => import('./features/mine/my-numbers.tsx'), 'MyNumbers'),
  screen('/mine/$numberId', () => import('./features/mine/my-number.tsx'), 'MyNumber'),
]

const tree = root.addChildren([
  start,
  outside('/set-up', () => import('./features/accounts/set-up.tsx'), 'SetUp'),
  outside('/sign-in', () => import('./features/accounts/sign-in.tsx'), 'SignIn'),
  outside('/sign-in/return', () => import('./features/accounts/sign-in-return.tsx'), 'SignInReturn'),
  outside('/forgot-password', () => import('./features/accounts/forgot-password.tsx'), 'ForgotPassword'),
  outside('/recover-account', () => import('./features/accounts/recover-account.tsx'), 'RecoverAccount'),
  outside('/number-still-linked', () => import('./features/accounts/still-linked.tsx'), 'StillLinked'),
  outside('/objection', () => import('./features/accounts/objection.tsx'), 'Objection'),
  outside('/takeover', () => import('./features/accounts/takeover-veto.tsx'), 'TakeoverVeto'),
  outside('/task', () => import('./features/tasks/linked-task.tsx'), 'LinkedTask'),
  outside('/invitation', () => import('./features/invitations/invitation-page.tsx'), 'InvitationPage'),
  outside('/companies', () => import('./features/accounts/companies.tsx'), 'Companies'),
  outside('/account', () => import('./features/accounts/account-security.tsx'), 'AccountSecurity'),
  outside('/account/change-mobile', () => import('./features/accounts/change-mobile.tsx'), 'ChangeMobile'),
  outside('/account/changes', () => import('./features/accounts/account-changes.tsx'), 'AccountChanges'),
  outside('/account/delete', () => import('./features/accounts/delete-account.tsx'), 'DeleteAccount'),
  outside('/account/security-log', () => import('./features/accounts/security-log.tsx'), 'SecurityLog'),
  outside('/account-ending', () => import('./features/accounts/account-ending.tsx'), 'AccountEnding'),
  company.addChildren(screens),
])

/** Every screen under its address; each is loaded when it is first opened. */
export function createConsoleRouter() {
  return createRouter({ routeTree: tree, defaultPreload: 'intent', scrollRestoration: true })
}
