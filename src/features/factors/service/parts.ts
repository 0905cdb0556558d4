import type { ChangeParts } from '../../accounts/index.ts'

/** How messages and keys are sealed, and at which address people reach Baton. */
export type FactorParts = ChangeParts

/** What passkeys need beside: where the browser is that asks. */
export interface PasskeyParts extends FactorParts {
  /** At which address the request says that it reached Baton (`OwnContext.origin`). */
  readonly origin: string
}
