// `npm run sbom`: the packages that an installation consists of, as CycloneDX, into .cache/sbom.json.
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { program, root, runAloud } from './run.ts'

const file = path.join(root, '.cache/sbom.json')
mkdirSync(path.dirname(file), { recursive: true })
const args = [
  '--package-lock-only',
  '--omit',
  'dev',
  '--output-reproducible',
  '--mc-type',
  'application',
  '--output-file',
  file,
]
process.exitCode = await runAloud(program('cyclonedx-npm'), args, process.env)
if (process.exitCode === 0) console.log(`Written: ${path.relative(root, file)}`)
