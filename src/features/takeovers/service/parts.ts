import type { Vault } from '../../../platform/crypto/vault.ts'

/** How messages are sealed, and where the links in them lead. */
export interface TakeoverParts {
  readonly vault: Vault
  /** Without a slash at its end. */
  readonly publicUrl: string
}
