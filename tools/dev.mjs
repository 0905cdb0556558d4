// `npm run dev`: the API, started anew after each change; `npm run dev:console` serves the console in front of it.
import { runMain } from './run-main.mjs'

process.env.BATON_CONSOLE ??= 'off'
await runMain(['start', ...process.argv.slice(2)])
