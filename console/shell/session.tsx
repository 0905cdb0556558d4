import { createContext, type ReactNode, use, useMemo } from 'react'
import type { Permission } from '../../src/kernel/permission.ts'
import type { Answer, ApiProblem } from '../api/client.ts'
import { useRead } from '../api/read.ts'
import { paths } from '../paths.ts'
import { ScreenLink } from '../ui/link.tsx'
import { LoadingState, ProblemState } from '../ui/states.tsx'
import { useShellWords } from './words.ts'

type Me = Answer<'readMe'>

/** Who works with the company that is open. */
export interface Session {
  /** The company's short name, as addresses carry it. */
  readonly slug: string
  readonly me: Me
  readonly company: NonNullable<Me['company']>
  /** The own member; null for the operator of the machine. */
  readonly memberId: string | null
  can(permission: Permission): boolean
}

const CurrentSession = createContext<Session | null>(null)

/** Reads who is calling before anything of the company is shown. */
export function CompanySession({ slug, children }: { readonly slug: string; readonly children: ReactNode }) {
  const me = useRead('readMe', {})
  const session = useMemo(() => (me.data ? sessionOf(slug, me.data) : null), [slug, me.data])
  if (me.error && (!session || isShutOut(me.error)))
    return <ProblemState problem={me.error} onRetry={() => me.refetch()} action={<OtherCompanies />} />
  if (!session) return <LoadingState rows={8} />
  return <CurrentSession value={session}>{children}</CurrentSession>
}

// Who may not come in any more has nothing of the company before them, also not what was read before (NUM-6).
function isShutOut({ status }: ApiProblem): boolean {
  return status === 401 || status === 403 || status === 404
}

function OtherCompanies() {
  const t = useShellWords()
  return (
    <ScreenLink to={paths.companies()} search={{ choose: 'yes' }}>
      {t('menu.companies')}
    </ScreenLink>
  )
}

function sessionOf(slug: string, me: Me): Session | null {
  if (me.company === null) return null
  const granted = new Set<Permission>(me.permissions)
  return {
    slug,
    me,
    company: me.company,
    memberId: me.company.memberId,
    can: (permission) => granted.has(permission),
  }
}

/** Who is signed in, for screens of a company. */
export function useSession(): Session {
  const session = use(CurrentSession)
  if (!session) throw new Error('This screen stands outside a company')
  return session
}
