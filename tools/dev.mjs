// `npm run dev`: the API, started anew after each change; `npm run dev:console` serves the console in front of it. Codes
// and invitations that no sender takes are shown to the Owner, as long as nobody else reaches this machine.
import { runMain } from './run-main.mjs'

process.env.BATON_CONSOLE ??= 'off'
const isOpen = ['BATON_HOST', 'BATON_URL', 'BATON_TRUST_PROXY'].some((name) => process.env[name])
if (!isOpen) process.env.BATON_OUTBOX ??= 'on'
await runMain(['start', ...process.argv.slice(2)])
