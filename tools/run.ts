// How the scripts of this folder find files and start other programs.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'

export const root = path.resolve(import.meta.dirname, '..')

/** Every file below a folder, as paths from `base`, in order; none where there is no such folder. */
export function filesBelow(base: string, folder: string): string[] {
  const start = path.join(base, folder)
  if (!existsSync(start)) return []
  return readdirSync(start, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(base, path.join(entry.parentPath, entry.name)))
    .sort()
}

/** The path of an installed package's program. */
export function program(name: string): string {
  return path.join(root, 'node_modules/.bin', name)
}

/** Runs a program without input and keeps what it says, both streams in the order of arrival. */
export async function runQuietly(
  command: string,
  args: readonly string[],
): Promise<{ code: number; output: string }> {
  const child = spawn(command, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  })
  const said: Buffer[] = []
  child.stdout.on('data', (part: Buffer) => said.push(part))
  child.stderr.on('data', (part: Buffer) => said.push(part))
  const code = await ended(child)
  return { code, output: Buffer.concat(said).toString() }
}

/** Runs a program that speaks to the person at the terminal. */
export async function runAloud(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<number> {
  return ended(spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env }))
}

function ended(child: ReturnType<typeof spawn>): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve(code ?? 1))
  })
}
