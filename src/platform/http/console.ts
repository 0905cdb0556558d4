import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refusal } from '../../kernel/refusal.ts'
import { httpRefusal } from './refusals.ts'

const hidden = { schema: { hide: true } } as const
const nonceMark = '__NONCE__'
const nonceBytes = 18
// Addresses that are never a screen, so that a wrong one is a problem also to a browser.
const neverScreens = /^\/(?:v1|docs|assets|problems)(?:[/?]|$)/

/**
 * Serves the console from the folder that Vite built: its files, and its page for every address that no route takes and a
 * browser opens. What else is not there stays a problem.
 */
export async function addConsole(app: FastifyInstance, folder: string): Promise<void> {
  const [page, icon] = await Promise.all([
    readFile(path.join(folder, 'index.html'), 'utf8'),
    readFile(path.join(folder, 'icon.svg')),
  ])
  await app.register(fastifyStatic, {
    root: path.join(folder, 'assets'),
    prefix: '/assets/',
    // The name of a file changes with its content.
    immutable: true,
    maxAge: '365d',
    preCompressed: true,
    // One route a file: no other path is ever looked for on the disk.
    wildcard: false,
    decorateReply: false,
    index: false,
    schemaHide: true,
  })
  app.get('/icon.svg', hidden, (_request, reply) =>
    reply.type('image/svg+xml').header('cache-control', 'max-age=86400').send(icon),
  )
  app.get('/*', hidden, (request, reply) => {
    if (!opensScreen(request)) throw new Refusal(httpRefusal.noSuchRoute)
    const nonce = randomBytes(nonceBytes).toString('base64')
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', policy(nonce))
      .send(page.replaceAll(nonceMark, nonce))
  })
}

function opensScreen({ url, headers }: FastifyRequest): boolean {
  if (url === '/' || url.startsWith('/?')) return true
  return !neverScreens.test(url) && /\btext\/html\b/.test(headers.accept ?? '')
}

// Scripts come from here and from files only. The style sheets that the components make at run time carry the nonce.
function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob:",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ')
}
