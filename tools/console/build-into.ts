// Builds the console into the folder given, in a process of its own: a bundler's memory is not for a server to keep.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify, stripVTControlCharacters } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { build, type Rolldown } from 'vite'
import { root } from '../run.ts'

const compressible = /[.](?:js|css|svg|json)$/
const worthCompressingBytes = 1_024
const brotliQuality = 9

async function buildInto(folder: string): Promise<void> {
  // Whoever started this may run tests; the console is the same for all.
  process.env['NODE_ENV'] = 'production'
  const answer = await build({
    configFile: path.join(root, 'console/vite.config.ts'),
    logLevel: 'silent',
    build: { outDir: folder },
  })
  await compressFiles(path.join(folder, 'assets'))
  writeFileSync(path.join(folder, 'built.json'), JSON.stringify({ reads: readsOf(answer) }))
}

/** The files outside of console/ that went into it. */
function readsOf(answer: Awaited<ReturnType<typeof build>>): string[] {
  const outputs = [answer].flat().flatMap((one) => ('output' in one ? one.output : []))
  const modules = outputs.flatMap((one: Rolldown.OutputChunk | Rolldown.OutputAsset) =>
    one.type === 'chunk' ? one.moduleIds : [],
  )
  const paths = modules.map((id) => path.relative(root, id).split(path.sep).join('/'))
  return [...new Set(paths)].filter((file) => file.startsWith('src/')).sort()
}

// Done once here instead of at every answer.
async function compressFiles(folder: string): Promise<void> {
  const files = readdirSync(folder).filter((file) => compressible.test(file))
  await Promise.all(files.map((file) => compressFile(path.join(folder, file))))
}

async function compressFile(file: string): Promise<void> {
  const content = readFileSync(file)
  if (content.length < worthCompressingBytes) return
  const [brotli, zipped] = await Promise.all([
    promisify(brotliCompress)(content, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: brotliQuality,
        [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      },
    }),
    promisify(gzip)(content, { level: 9 }),
  ])
  writeFileSync(`${file}.br`, brotli)
  writeFileSync(`${file}.gz`, zipped)
}

try {
  await buildInto(path.resolve(process.argv[2] ?? ''))
} catch (error) {
  // Its stack leads into the bundler, and helps nobody.
  console.error(stripVTControlCharacters(error instanceof Error ? error.message : String(error)))
  process.exitCode = 1
}
