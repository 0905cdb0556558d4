import { systemCaller } from '../../kernel/caller.ts'
import type { Database } from '../../platform/db/database.ts'
import { touchInstallationToken } from './installation-token-store.ts'
import { touchSession, touchToken } from './store.ts'

/** Writes down when sessions and tokens were last used, beside the request, which does not wait for it. */
export interface LastUse {
  noteSession(hash: Buffer, at: string): void
  noteToken(companyId: string, tokenId: string, at: string): void
  noteInstallationToken(tokenId: string, at: string): void
}

const anonymous = { kind: 'anonymous', id: 'anonymous' } as const

type Touch = () => Promise<unknown>

export function createLastUse(database: Database): LastUse {
  const underWay = new Set<string>()

  // Many requests at once with one token are one use; what fails is noted again by the next request.
  function note(key: string, touch: Touch): void {
    if (underWay.has(key)) return
    underWay.add(key)
    touch()
      .catch(() => {})
      .finally(() => underWay.delete(key))
  }

  return {
    noteSession(hash, at) {
      note(hash.toString('base64'), () =>
        database.inRealmOf(anonymous, async (tx) => touchSession(tx, hash, at)),
      )
    },
    noteToken(companyId, tokenId, at) {
      const caller = systemCaller(companyId, 'last use')
      note(tokenId, () => database.inRealmOf(caller, async (tx) => touchToken(tx, tokenId, at)))
    },
    noteInstallationToken(tokenId, at) {
      note(tokenId, () =>
        database.inRealmOf(anonymous, async (tx) => touchInstallationToken(tx, tokenId, at)),
      )
    },
  }
}
