import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useApi } from '../api/company.tsx'
import { followEvents } from '../api/events.ts'
import { refreshCompany } from '../api/refresh.ts'

// Many decisions in a row, such as those of a batch, make one refresh.
const calmMs = 800

/** Keeps what is on the screen true while others work: each sealed decision asks for it anew. */
export function useLiveRefresh(): void {
  const api = useApi()
  const client = useQueryClient()
  useEffect(() => {
    const stop = new AbortController()
    let timer: number | undefined
    const refresh = () => {
      timer ??= window.setTimeout(() => {
        timer = undefined
        void refreshCompany(client, api.company)
      }, calmMs)
    }
    async function follow() {
      // A stream that ends is the sign that something was taken away: what is shown is asked for again.
      for (let isAgain = true; isAgain && !stop.signal.aborted; ) {
        isAgain = false
        await followEvents(
          api,
          { signal: stop.signal },
          {
            onEvent: refresh,
            onLost: (code) => {
              refresh()
              isAgain = code === 'events.custody_lost'
            },
          },
        )
      }
    }
    void follow()
    return () => {
      stop.abort()
      window.clearTimeout(timer)
    }
  }, [api, client])
}
