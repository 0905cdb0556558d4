#!/usr/bin/env node
// `npx baton …`: runs the command line from its TypeScript sources, in this very process.
import { runMain } from './run-main.mjs'

await runMain(process.argv.slice(2))
