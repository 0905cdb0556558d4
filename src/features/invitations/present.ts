import type { Invitation, InvitationCard } from './model.ts'
import { stateOf } from './rules.ts'
import type { InvitationRow } from './views.ts'

/** An invitation as admins see it at a time. */
export function presentInvitation(row: InvitationRow, now: string): Invitation {
  const { invitationId, memberId, memberName, language, createdAt, sentAt, expiresAt, endedAt } = row
  return {
    invitationId,
    memberId,
    memberName,
    to: invitedAt(row),
    language,
    state: stateOf(row, now),
    createdAt,
    sentAt,
    expiresAt,
    endedAt,
  }
}

/** Where an invitation went, with its middle hidden. */
export function invitedAt({
  toKind,
  toMasked,
}: Pick<InvitationRow, 'toKind' | 'toMasked'>): InvitationCard['to'] {
  return toKind === null ? null : { kind: toKind, masked: toMasked }
}
