// lockfile-lint judges hosts and names by the `resolved` addresses, which this lock file leaves out on purpose, and
// lets an entry without a hash pass; so the lock file is checked here.
import { readFileSync } from 'node:fs'
import path from 'node:path'

interface Package {
  readonly dev?: boolean
  readonly optional?: boolean
  readonly os?: readonly string[]
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly resolved?: string
  readonly integrity?: string
  readonly link?: boolean
  readonly inBundle?: boolean
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

/**
 * Says what in package-lock.json could install something else than was reviewed: an entry without a SHA-512 hash, an
 * address, a link, a version that is not exact, or a lock that does not fit package.json.
 */
export function lockFileFaults(folder: string): string {
  const lock = read(folder, 'package-lock.json') as {
    lockfileVersion: number
    packages: Record<string, Package>
  }
  const manifest = read(folder, 'package.json') as Manifest
  const { '': top, ...packages } = lock.packages
  return [
    ...(lock.lockfileVersion === 3 ? [] : [`lockfileVersion is ${lock.lockfileVersion}, not 3`]),
    ...Object.entries(packages).flatMap(([at, entry]) => entryFaults(at, entry)),
    ...missingPackages(packages).map(
      ({ name }) => `${name} has no entry, so that npm ci refuses: npm run lock`,
    ),
    ...(['dependencies', 'devDependencies'] as const).flatMap((kind) => [
      ...Object.entries(manifest[kind] ?? {}).flatMap(([name, version]) => versionFaults(name, version)),
      ...(same(manifest[kind], (top as Manifest)[kind])
        ? []
        : [`${kind} of package.json and package-lock.json differ`]),
    ]),
  ].join('\n')
}

/** The optional packages that others name and that have no entry; `npm ci` refuses such a lock. */
export function missingPackages(
  packages: Readonly<Record<string, Package>>,
): { name: string; version: string; isDev: boolean }[] {
  return Object.entries(packages).flatMap(([at, { optionalDependencies, dev }]) =>
    Object.entries(optionalDependencies ?? {})
      .filter(
        ([name]) => !(`node_modules/${name}` in packages) && !(`${at}/node_modules/${name}` in packages),
      )
      .map(([name, version]) => ({ name, version, isDev: dev === true })),
  )
}

function entryFaults(at: string, entry: Package): string[] {
  const faults: string[] = []
  if (entry.link) faults.push('is a link')
  if (entry.resolved !== undefined) faults.push('names the address it came from')
  const isHashed = /^sha512-[A-Za-z0-9+/]{86}==$/.test(entry.integrity ?? '')
  // A development tool's binary for another platform than the ones we build on may be unknown to the registry asked.
  const isElsewhere = entry.dev && entry.optional && entry.os !== undefined && entry.integrity === undefined
  if (!isHashed && !entry.inBundle && !isElsewhere) faults.push('has no SHA-512 hash')
  return faults.map((fault) => `${at} ${fault}`)
}

function versionFaults(name: string, version: string): string[] {
  return /^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)
    ? []
    : [`${name} is wanted as "${version}", not in one exact version`]
}

function same(one: object | undefined, other: object | undefined): boolean {
  return (
    JSON.stringify(Object.entries(one ?? {}).sort()) === JSON.stringify(Object.entries(other ?? {}).sort())
  )
}

function read(folder: string, name: string): unknown {
  return JSON.parse(readFileSync(path.join(folder, name), 'utf8'))
}
