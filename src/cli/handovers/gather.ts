import type { Output } from '../output.ts'

export interface Gathered {
  readonly output: Output
  /** Says all results as one, where a script reads them. */
  tell(): void
}

/** An output for several results in turn: people read each as it comes, a script gets one document with `items`. */
export function gather(output: Output): Gathered {
  const items: unknown[] = []
  if (!output.json) return { output, tell: () => {} }
  return {
    output: {
      ...output,
      result: (value) => void items.push(value),
      fail: (failure) => void items.push({ error: { title: failure.message, ...failure.problem } }),
    },
    tell: () => output.result({ items }, ''),
  }
}
