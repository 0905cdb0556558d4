import type { Policies, Tier } from '../model.ts'

/** What applies where a company has not said otherwise; +86 ships with the real-name check of the user (NUM-14). */
export const defaultPolicies: Policies = {
  cooldownMinutes: 30,
  undoWindowHours: 72,
  minimumRetentionDays: 0,
  moveLimitPerDay: 1000,
  moveLimitPercent: 10,
  countryChecks: { CN: 'real_name' },
  parkAnnouncement: 'announcement:unavailable',
  maxBatchSize: null,
  minBatchGapMinutes: 0,
  handoverApproval: 'above_limit',
  handoverAcceptance: 'informed',
  handoverLeaversPerDay: 5,
  signInLinkHours: 24,
  invitationHours: 72,
  deletionCoolingDays: 15,
}

/** NUM-3: how many numbers one member may hold. */
export const capOfTier: Readonly<Record<Tier, number>> = { connect: 5, advanced: 10, max: 20 }
