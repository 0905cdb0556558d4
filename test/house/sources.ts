import { readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { filesBelow, root } from '../../tools/run.ts'

const folders = ['src', 'console', 'test', 'tools', 'bench']

/** Every source file of the project, as a path from the root; generated ones are left out. */
export function sourceFiles(): string[] {
  return folders
    .flatMap((folder) => filesBelow(root, folder))
    .filter((file) => /[.](ts|tsx|mjs)$/.test(file) && file !== 'src/platform/db/tables.ts')
}

export function textOf(file: string): string {
  return readFileSync(path.join(root, file), 'utf8')
}

export function isTest(file: string): boolean {
  return /[.]test[.]tsx?$/.test(file)
}

/** The file as TypeScript reads it, with parents set. */
export function syntaxOf(file: string): ts.SourceFile {
  return ts.createSourceFile(file, textOf(file), ts.ScriptTarget.Latest, true)
}

/** `file:line` of a place, for messages. */
export function placeOf(file: string, text: string, offset: number): string {
  return `${file}:${text.slice(0, offset).split('\n').length}`
}

/** Fails with a list of faults, each telling its place, and with what to do about them. */
export function expectNone(faults: readonly string[], why: string): void {
  if (faults.length === 0) return
  const error = new Error(`${why}\n  ${faults.join('\n  ')}`)
  // Where the sentence was thrown from helps nobody; the places are in it.
  error.stack = error.message
  throw error
}
