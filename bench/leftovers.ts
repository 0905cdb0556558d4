type Stop = () => Promise<unknown>

/** What was started and has to end, the last first; also when somebody presses Ctrl-C. */
export class Leftovers {
  readonly #stops: Stop[] = []

  add(stop: Stop): void {
    this.#stops.push(stop)
  }

  /** Ends everything; one that cannot be ended does not keep the others alive. */
  async end(): Promise<void> {
    for (const stop of this.#stops.splice(0).reverse()) {
      await stop().catch((error: unknown) => console.error('could not be stopped:', error))
    }
  }

  /** Ends everything before a signal ends the process. */
  endOnSignals(): void {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => void this.end().then(() => process.exit(1)))
    }
  }
}
