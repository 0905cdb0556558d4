// `npm run lock`: npm leaves packages for other platforms out of package-lock.json where the registry it was asked does
// not carry them, and then refuses to install from that lock (`npm ci`: "Missing … from lock file"). This writes the
// entries that are missing; their platform keeps them from being installed anywhere else.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { missingPackages } from './checks/lock-file.ts'
import { root } from './run.ts'

const systems: Readonly<Record<string, string>> = {
  android: 'android',
  darwin: 'darwin',
  freebsd: 'freebsd',
  linux: 'linux',
  openharmony: 'openharmony',
  win32: 'win32',
}
const processors = ['arm64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'x64']

/** The platform that a package's name ends with: `binding-linux-x64-musl`. */
function platformOf(name: string): { os: string[]; cpu: string[]; libc?: string[] } {
  const parts = name.split('/').at(-1)?.split('-') ?? []
  const os = parts.find((part) => part in systems)
  const cpu = processors.find((one) => parts.includes(one))
  if (!os || !cpu) throw new Error(`${name} does not name its platform; add it to package-lock.json by hand.`)
  const musl = parts.some((part) => part.startsWith('musl'))
  if (os !== 'linux') return { os: [os], cpu: [cpu] }
  return { os: [os], cpu: [cpu], libc: [musl ? 'musl' : 'glibc'] }
}

const file = path.join(root, 'package-lock.json')
const lock = JSON.parse(readFileSync(file, 'utf8'))
const missing = missingPackages(lock.packages)
for (const { name, version, isDev } of missing) {
  lock.packages[`node_modules/${name}`] = {
    version,
    ...platformOf(name),
    ...(isDev ? { dev: true } : {}),
    optional: true,
  }
}
const { '': top, ...packages } = lock.packages
const sorted = Object.entries(packages).sort(([one], [other]) => one.localeCompare(other, 'en'))
writeFileSync(
  file,
  `${JSON.stringify({ ...lock, packages: { '': top, ...Object.fromEntries(sorted) } }, null, 2)}\n`,
)
console.log(
  missing.length === 0 ? 'Nothing was missing.' : `Added ${missing.map(({ name }) => name).join(', ')}`,
)
