/** The middle of a list, the mean of both middles for an even count. */
export function median(values: readonly number[]): number {
  return (quantile(values, 0.5, 'floor') + quantile(values, 0.5, 'ceil')) / 2
}

/** The value that a share of the list does not exceed: 0.99 for p99. */
export function quantile(values: readonly number[], share: number, round: 'floor' | 'ceil' = 'ceil'): number {
  if (values.length === 0) throw new Error('nothing was measured')
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math[round]((sorted.length - 1) * share)] ?? Number.NaN
}
