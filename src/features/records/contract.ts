import { ingestContract } from './contract/ingest.ts'
import { readContract } from './contract/read.ts'

export const recordsContract = { ...ingestContract, ...readContract }
