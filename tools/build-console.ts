// `npm run build:console`: builds the console when its sources changed, as `npm start` does by itself.
import { ConsoleBuildError, ensureConsole } from './console/ensure.ts'

try {
  const folder = await ensureConsole((text) => process.stderr.write(text))
  console.log(`The console is built: ${folder}`)
} catch (error) {
  if (!(error instanceof ConsoleBuildError)) throw error
  console.error(`${error.message}\n  → ${error.next}`)
  process.exitCode = 1
}
