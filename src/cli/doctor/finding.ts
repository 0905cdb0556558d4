/** One line of `baton doctor`. */
export interface Finding {
  readonly check: string
  readonly status: 'ok' | 'warn' | 'fail'
  readonly says: string
  /** What to do; missing where nothing has to be done. */
  readonly next?: string
}

export function ok(check: string, says: string): Finding {
  return { check, status: 'ok', says }
}

export function warn(check: string, says: string, next: string): Finding {
  return { check, status: 'warn', says, next }
}

export function fail(check: string, says: string, next: string): Finding {
  return { check, status: 'fail', says, next }
}
