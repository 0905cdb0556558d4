import type { Instant } from '../../kernel/fields.ts'
import type { Evidence, Task } from './model.ts'
import { isOpen } from './states.ts'
import type { EvidenceRow } from './store.ts'
import { titleOf } from './templates.ts'
import type { TaskView } from './views.ts'

export type Language = 'en' | 'zh'

export interface Reading {
  /** Names of members by id. */
  readonly names: ReadonlyMap<string, string>
  readonly language: Language
  readonly now: Instant
}

/** A task as the API shows it, in the reader's language. */
export function presentTask(row: TaskView, { names, language, now }: Reading): Task {
  const nameOf = (person: string | null) => (person === null ? null : (names.get(person) ?? null))
  return {
    taskId: row.task_id,
    kind: row.kind,
    state: row.state,
    title: titleOf(row.template, row.particulars, language),
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    subjectLabel: row.subject_label,
    originKind: row.origin_kind,
    originId: row.origin_id,
    forMemberId: row.for_member_id,
    forName: row.for_member_id === null ? row.for_name : nameOf(row.for_member_id),
    forContact: row.for_contact,
    isPersonal: row.is_personal,
    link: row.link,
    dueAt: row.due_at,
    isOverdue: isOpen(row.state) && row.due_at < now,
    claimedBy: row.claimed_by,
    claimedByName: nameOf(row.claimed_by),
    claimedAt: row.claimed_at,
    observedBy: row.observed_by,
    observedByName: nameOf(row.observed_by),
    observedAt: row.observed_at,
    observedHow: row.observed_how,
    evidenceCount: row.evidence_count,
    nextReminderAt: row.next_reminder_at,
    remindedCount: row.reminded_count,
    openedBy: row.opened_by,
    openedByName: nameOf(row.opened_by),
    openedAt: row.opened_at,
    version: row.version,
  }
}

/** A file of a task as the API shows it. */
export function presentEvidence(row: EvidenceRow): Evidence {
  return {
    mediaId: row.media_id,
    contentType: row.content_type,
    byteCount: row.byte_count,
    fileName: row.file_name,
    addedAt: row.added_at,
  }
}
