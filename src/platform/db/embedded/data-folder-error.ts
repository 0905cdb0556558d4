type DataFolderCode =
  | 'data-folder.in-use'
  | 'data-folder.newer-version'
  | 'data-folder.older-version'
  | 'data-folder.unreachable'
  | 'data-folder.no-space'
  | 'data-folder.damaged'
  | 'data-folder.cannot-start'
  | 'data-folder.unsupported-platform'

interface DataFolderWords {
  /** What is wrong, in the administrator's words. */
  readonly message: string
  /** What to do about it. */
  readonly next: string
  readonly cause?: unknown
}

/** The data folder cannot be used: says to the administrator what is wrong and what to do next. */
export class DataFolderError extends Error {
  readonly code: DataFolderCode
  readonly next: string

  constructor(code: DataFolderCode, words: DataFolderWords) {
    super(words.message, { cause: words.cause })
    this.name = 'DataFolderError'
    this.code = code
    this.next = words.next
  }
}

/** The refusal for a full disk, with the data folder's path. */
export function noSpace(dataDirectory: string, cause?: unknown): DataFolderError {
  return new DataFolderError('data-folder.no-space', {
    message: `The disk that holds the data folder ${dataDirectory} is full.`,
    next: 'Free some space on it (at least 200 MB), or move the folder to a larger disk and name it in BATON_DATA. What was saved before is intact.',
    cause,
  })
}

const unreachableCodes = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOENT',
  'ENOTDIR',
  'ELOOP',
  'ENOTSUP',
  'EEXIST',
])

/** Turns a file system error into a DataFolderError; anything else is returned as it came. */
export function explainFileError(error: unknown, dataDirectory: string): unknown {
  const code = systemCode(error)
  // 53100: disk_full, told by the server.
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === '53100') return noSpace(dataDirectory, error)
  if (code === undefined || !unreachableCodes.has(code)) return error
  const reason = error instanceof Error ? error.message : code
  return new DataFolderError('data-folder.unreachable', {
    message: `Baton cannot read and write its data folder ${dataDirectory}: ${reason}`,
    next: 'Give the user that runs Baton the right to read and write this folder and all in it, start Baton as the user that owns it, or name another folder in BATON_DATA.',
    cause: error,
  })
}

/** The `code` of a Node.js system error (`ENOENT`), a PostgreSQL error (`3D000`), or undefined. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
