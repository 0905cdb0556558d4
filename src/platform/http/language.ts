import type { FastifyRequest } from 'fastify'

/** The language that the caller reads best, of those that Baton speaks. */
export function languageOf(request: FastifyRequest): 'en' | 'zh' {
  const wanted = request.headers['accept-language'] ?? ''
  return /^\s*zh\b/i.test(wanted) ? 'zh' : 'en'
}
