import { readLanguage } from '../ui/preferences.ts'
import type { Answer, Api } from './client.ts'
import { ApiProblem, unreachable } from './problem.ts'

/** A file on its way, and how to call it back. */
export interface Sending {
  readonly answer: Promise<Answer<'createImport'>>
  cancel(): void
}

/**
 * Sends a spreadsheet to be imported; `onShare` hears how much of it has left, from 0 to 1. The answer rejects with an
 * ApiProblem, also after `cancel`.
 */
export function sendFile(api: Api, file: File, onShare: (share: number) => void): Sending {
  // Only this kind of request tells how far sending is.
  const request = new XMLHttpRequest()
  const answer = new Promise<Answer<'createImport'>>((resolve, reject) => {
    request.upload.onprogress = ({ loaded, total }) => onShare(total > 0 ? loaded / total : 0)
    request.onerror = () => reject(unreachable(new Error('the connection broke')))
    request.onabort = () => reject(unreachable(new DOMException('called back', 'AbortError')))
    request.onload = () => {
      const body = bodyOf(request)
      if (request.status === 201) resolve(body as unknown as Answer<'createImport'>)
      else reject(new ApiProblem(body, request.status))
    }
  })
  const form = new FormData()
  form.set('file', file)
  request.open('POST', api.address('createImport', {}))
  request.setRequestHeader('accept-language', readLanguage())
  if (api.company !== null) request.setRequestHeader('baton-company', encodeURIComponent(api.company))
  request.send(form)
  return { answer, cancel: () => request.abort() }
}

function bodyOf({ responseText }: XMLHttpRequest): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(responseText)
    return typeof body === 'object' && body !== null ? { ...body } : {}
  } catch {
    return {}
  }
}
