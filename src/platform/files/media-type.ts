import { fileTypeFromFile } from 'file-type'

/** What a file is by its first bytes, as a media type without parameters; null when nothing is known of such bytes. */
export async function mediaTypeOf(file: string): Promise<string | null> {
  const found = await fileTypeFromFile(file)
  return found?.mime.split(';')[0]?.trim() ?? null
}
