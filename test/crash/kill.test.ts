import { killTests } from './kill-tests.ts'

killTests({ times: 1, numbers: 2_000, sliceSize: 250, lines: 3_000 })
