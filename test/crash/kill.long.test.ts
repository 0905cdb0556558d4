import { killTests } from './kill-tests.ts'

killTests({
  times: Number(process.env['BATON_TEST_RUNS'] ?? 10),
  numbers: 20_000,
  sliceSize: 1_000,
  lines: 6_000,
})
