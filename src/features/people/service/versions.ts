import { Refusal } from '../../../kernel/refusal.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'

/** @throws Refusal `version.changed` when the caller has seen another version */
export function refuseOtherVersion(version: number, expected: number | null): void {
  if (expected !== null && expected !== version) throw new Refusal(httpRefusal.versionChanged, { version })
}
