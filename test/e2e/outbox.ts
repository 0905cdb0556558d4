import type { Page } from 'playwright-core'

interface KeptMessage {
  readonly to: string
  readonly text: string
}

const pollMs = 200
const patienceMs = 15_000

/**
 * The newest message to an address, once it is there; read by the window of an Owner of a Baton that keeps what no sender
 * takes (`BATON_OUTBOX`).
 * @param than a message that is not meant, because it came before
 */
export function messageTo(
  owners: Page,
  { slug, to, than }: { readonly slug: string; readonly to: string; readonly than?: string },
): Promise<string> {
  return newestOf(owners, { slug, to, isMeant: (text) => text !== than })
}

/** The newest code to an address, whatever else was written to it meanwhile; another one than the one that is given. */
export async function codeTo(
  owners: Page,
  { slug, to, than }: { readonly slug: string; readonly to: string; readonly than?: string },
): Promise<string> {
  const text = await newestOf(owners, {
    slug,
    to,
    isCandidate: (found) => codePattern.test(found),
    isMeant: (found) => codeIn(found) !== than,
  })
  return codeIn(text)
}

const codePattern = /(?<!\d)\d{6}(?!\d)/

interface Wanted {
  readonly slug: string
  readonly to: string
  isCandidate?(text: string): boolean
  isMeant(text: string): boolean
}

// Of those that come into question, the newest; it is waited for until it is the one that is meant.
async function newestOf(
  owners: Page,
  { slug, to, isCandidate = () => true, isMeant }: Wanted,
): Promise<string> {
  const end = performance.now() + patienceMs
  while (performance.now() < end) {
    const answer = await owners.request.get('/v1/outbox', { headers: { 'baton-company': slug } })
    if (!answer.ok()) throw new Error(`the outbox: ${answer.status()} ${await answer.text()}`)
    const { items } = (await answer.json()) as { items: KeptMessage[] }
    const text = items.find((message) => message.to === to && isCandidate(message.text))?.text
    if (text !== undefined && isMeant(text)) return text
    await owners.waitForTimeout(pollMs)
  }
  throw new Error(`nothing was sent to ${to}`)
}

/** The six digits of a message. */
export function codeIn(text: string): string {
  const code = codePattern.exec(text)?.[0]
  if (code === undefined) throw new Error(`no code in: ${text}`)
  return code
}

/** Where the address in a message leads, as a path: which port this Baton has is known only once it runs. */
export function linkIn(text: string): string {
  const link = /https?:\/\/\S+/.exec(text)?.[0]
  if (link === undefined) throw new Error(`no link in: ${text}`)
  const { pathname, search, hash } = new URL(link)
  return pathname + search + hash
}
