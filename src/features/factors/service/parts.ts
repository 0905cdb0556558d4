import type { ChangeParts } from '../../accounts/index.ts'
import type { IdentifierKind } from '../../accounts/model.ts'

/** How messages and keys are sealed, and at which address people reach Baton. */
export type FactorParts = ChangeParts

/** What it takes to let a factor go. */
export interface RemovalParts extends FactorParts {
  /** By which kinds one can sign in here, as the installation is set up. */
  readonly openKinds: readonly IdentifierKind[]
}

/** What passkeys need beside: where the browser is that asks. */
export interface PasskeyParts extends FactorParts {
  /** At which address the request says that it reached Baton (`OwnContext.origin`). */
  readonly origin: string
}
