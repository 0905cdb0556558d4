import { useEffect, useState } from 'react'
import { ApiProblem } from './client.ts'
import { useApi } from './company.tsx'

interface Loaded {
  readonly url: string | null
  readonly problem: ApiProblem | null
}

const nothing: Loaded = { url: null, problem: null }

/** Loads a file as an address of this page only, which ends with what shows it; null loads nothing. */
export function useObjectUrl(address: string | null): Loaded {
  const api = useApi()
  const [loaded, setLoaded] = useState(nothing)
  useEffect(() => {
    if (address === null) return
    const stop = new AbortController()
    let url: string | null = null
    async function load(from: string) {
      try {
        const response = await api.open(from, { signal: stop.signal })
        const bytes = await response.blob()
        if (stop.signal.aborted) return
        url = URL.createObjectURL(bytes)
        setLoaded({ url, problem: null })
      } catch (error) {
        if (error instanceof ApiProblem && !stop.signal.aborted) setLoaded({ url: null, problem: error })
      }
    }
    void load(address)
    return () => {
      stop.abort()
      if (url !== null) URL.revokeObjectURL(url)
      setLoaded(nothing)
    }
  }, [api, address])
  return loaded
}
