import { QueryClient } from '@tanstack/react-query'
import { describe, expect, it } from 'vitest'
import { refreshCompany } from './refresh.ts'

const key = ['acme', 'listNumbers', {}]
function entry(version: number, label: string) {
  return {
    numberId: 'n1',
    e164: '+49301',
    heldSince: '2026-01-01',
    version,
    label,
  }
}

function longList(version: number): QueryClient {
  const client = new QueryClient()
  const pages = Array.from({ length: 6 }, (_, page) => ({
    items: page === 3 ? [entry(version, 'as listed')] : [],
  }))
  client.setQueryData(key, { pages, pageParams: [] })
  return client
}

function labelIn(client: QueryClient): string | undefined {
  return client.getQueryData<{ pages: { items: { label: string }[] }[] }>(key)?.pages[3]?.items[0]?.label
}

describe('a long list of numbers', () => {
  it('shows what was answered just now', async () => {
    const client = longList(4)
    await refreshCompany(client, 'acme', entry(5, 'answered'))
    expect(labelIn(client)).toBe('answered')
    await refreshCompany(client, 'acme', { outcome: 'done', number: entry(6, 'moved') })
    expect(labelIn(client)).toBe('moved')
  })

  it('keeps what is newer than an answer that comes late', async () => {
    const client = longList(7)
    await refreshCompany(client, 'acme', entry(6, 'late'))
    expect(labelIn(client)).toBe('as listed')
  })

  it('ALL-1 of another company stays as it is', async () => {
    const client = longList(4)
    await refreshCompany(client, 'other', entry(5, 'answered'))
    expect(labelIn(client)).toBe('as listed')
  })
})
