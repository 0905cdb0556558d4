import type { Api } from './client.ts'

/** Saves an answer that is a file as the browser saves downloads; returns the name it was saved under. @throws ApiProblem */
export async function saveFile(api: Api, address: string, fallbackName: string): Promise<string> {
  const response = await api.open(address)
  const name = nameIn(response.headers.get('content-disposition')) ?? fallbackName
  const url = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser needs the address until it has begun to save.
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000)
  return name
}

function nameIn(disposition: string | null): string | null {
  const [, encoded] = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '') ?? []
  if (encoded !== undefined) return decodeURIComponent(encoded)
  return /filename="([^"]+)"/i.exec(disposition ?? '')?.[1] ?? null
}
