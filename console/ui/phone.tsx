import { useSyncExternalStore } from 'react'

type Write = (e164: string) => string

const listeners = new Set<() => void>()
let write: Write = (e164) => e164
let isAsked = false

// The numbering plans are as large as a screen of the console, so they come after it.
function askForPlans(): void {
  if (isAsked) return
  isAsked = true
  void import('libphonenumber-js/min').then(({ parsePhoneNumberFromString }) => {
    write = (e164) => grouped(e164) ?? parsePhoneNumberFromString(e164)?.formatInternational() ?? e164
    for (const listener of listeners) listener()
  })
}

// Mobile numbers of mainland China are written 3-4-4.
function grouped(e164: string): string | null {
  const [, a, b, c] = /^\+86(1\d{2})(\d{4})(\d{4})$/.exec(e164) ?? []
  return a === undefined ? null : `+86 ${a} ${b} ${c}`
}

function subscribe(listener: () => void): () => void {
  askForPlans()
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Writes phone numbers as people of their country group them; what is none stays as it is. */
export function usePhone(): Write {
  return useSyncExternalStore(subscribe, () => write)
}

/** A phone number, grouped for reading; copied text keeps its digits together with spaces only. */
export function Phone({ e164 }: { readonly e164: string }) {
  return <span style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>{usePhone()(e164)}</span>
}
