import { boundaryTests } from './boundary-tests.ts'

boundaryTests({ every: 1, timeout: 1_800_000 })
