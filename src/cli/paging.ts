import type { Command } from 'commander'
import type { Output } from './output.ts'

export interface PageOptions {
  readonly limit?: string
  readonly cursor?: string
}

/** Lets a list be read page by page. */
export function addPageOptions(command: Command): void {
  command
    .option('--limit <count>', 'Entries at most; default 50, at most 200')
    .option('--cursor <cursor>', 'Go on where the page before ended')
}

/** Says how to get the next page. */
export function sayMore(output: Output, nextCursor: string | null): void {
  if (nextCursor !== null) output.say(`  → There is more: add --cursor ${nextCursor}`)
}
