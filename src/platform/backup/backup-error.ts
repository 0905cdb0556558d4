/** A backup that cannot be made or restored: the message says why, `next` what to do. */
export class BackupError extends Error {
  readonly next: string
  constructor(message: string, next: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'BackupError'
    this.next = next
  }
}

/** The refusal of a file whose bytes are not those that were written. */
export function damaged(file: string, cause?: unknown): BackupError {
  return new BackupError(
    `${file} is cut off or damaged: its bytes are not those that were written.`,
    'Take another copy of it, or another backup. Nothing was written.',
    { cause },
  )
}
