import { boundaryTests } from './boundary-tests.ts'

boundaryTests({ every: 9, timeout: 300_000 })
