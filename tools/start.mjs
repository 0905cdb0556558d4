// `npm start`: installs what is missing, then starts Baton, in this very process.
import { runMain } from './run-main.mjs'

await runMain(['start', ...process.argv.slice(2)])
