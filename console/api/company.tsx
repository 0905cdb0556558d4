import { createContext, type ReactNode, use, useMemo } from 'react'
import { readLanguage } from '../ui/preferences.ts'
import { type Api, createApi } from './client.ts'

const CurrentApi = createContext<Api>(createApi(null, readLanguage))

/** Binds everything below to one company by its short name. */
export function CompanyApi({
  company,
  children,
}: {
  readonly company: string
  readonly children: ReactNode
}) {
  const api = useMemo(() => createApi(company, readLanguage), [company])
  return <CurrentApi value={api}>{children}</CurrentApi>
}

/** The API of the company that is open, or of none. */
export function useApi(): Api {
  return use(CurrentApi)
}
