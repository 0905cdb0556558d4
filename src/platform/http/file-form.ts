import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { FastifyValidationResult } from 'fastify/types/schema.js'
import { validatorCompiler } from 'fastify-type-provider-zod'
import { Refusal } from '../../kernel/refusal.ts'
import type { Upload } from './bind.ts'
import { httpRefusal } from './refusals.ts'
import { beginReceiving, piecesOf } from './upload.ts'

// A form has its one file and hardly anything beside; how large the file may be is the service's to say.
const limits = {
  files: 1,
  fields: 8,
  parts: 9,
  fieldSize: 1_000,
  fieldNameSize: 100,
  headerPairs: 50,
  fileSize: Number.POSITIVE_INFINITY,
}

/** Takes bodies that are forms with a file, and reads no other, in a scope of the server for one route. */
export function takeFileForms(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers()
  // Who may not send is told that first, and then that no file came.
  scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
  void scope.register(multipart, { limits, throwFileSizeLimit: false })
}

/** Lets a form pass unvalidated: it is read later, piece by piece. */
export function validateUnlessForm(route: { schema: object; httpPart?: string }): FastifyValidationResult {
  if (route.httpPart === 'body') return (data: unknown) => ({ value: data })
  return validatorCompiler(route as Parameters<typeof validatorCompiler>[0])
}

/**
 * The file of a form; null when the request has none.
 * @throws Refusal `idempotency.not_for_streams`, `request.malformed`, `request.cut_off`
 */
export async function fileOf(request: FastifyRequest): Promise<Upload | null> {
  if (!request.isMultipart()) return null
  beginReceiving(request)
  const files = request.files()
  const first = await files.next().catch((cause: unknown) => {
    const rule = request.raw.complete ? httpRefusal.malformed : httpRefusal.cutOff
    throw Object.assign(new Refusal(rule, {}, notOneFile), { cause })
  })
  if (first.done) return null
  const { mimetype, filename, file } = first.value
  return {
    mediaType: mimetype.toLowerCase(),
    fileName: filename || null,
    bytes: onlyFile(piecesOf(file), files),
  }
}

const notOneFile = { errors: [{ path: 'body', message: 'is no form with one file' }] }

// Of two files, none is taken: nobody would see that the other was left out.
async function* onlyFile(
  pieces: AsyncIterable<Buffer>,
  files: AsyncIterator<unknown>,
): AsyncGenerator<Buffer> {
  yield* pieces
  const next = await files.next().catch(() => null)
  if (!next?.done) throw new Refusal(httpRefusal.malformed, {}, notOneFile)
}
