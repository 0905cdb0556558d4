import { z } from 'zod'
import { Id, Instant, PageQuery, paragraph, text } from '../../kernel/fields.ts'
import { taskStates } from './states.ts'

export { evidenceRefusal, taskLinkRefusal, taskRefusal } from './refusals.ts'

export const TaskState = z
  .enum(taskStates)
  .describe(
    '`claimed`: whoever did it says so; `observed`: somebody else saw it or judged the evidence (WRK-3)',
  )
export type TaskState = z.infer<typeof TaskState>

export const ObservedHow = z
  .enum(['read_back', 'evidence', 'attested'])
  .describe(
    '`read_back`: looked it up where it was done; `evidence`: judged by the note or files of whoever did it; `attested`: vouches for it with an own note',
  )
export type ObservedHow = z.infer<typeof ObservedHow>

const Person = z.string().max(200).describe('Member id, or `operator:` or `system:` with a name')
const PersonName = z.string().max(200).nullable().describe('Name of that person, where it is a member')

export const Evidence = z
  .object({
    mediaId: Id,
    contentType: z.string().max(100).describe('What the file is by its bytes'),
    byteCount: z.int().min(0).describe('Size in bytes'),
    fileName: z.string().max(200).nullable().describe('Name that the file came with'),
    addedAt: Instant,
  })
  .meta({ id: 'Evidence' })
export type Evidence = z.infer<typeof Evidence>

const Paths = z
  .object({
    en: z.string().max(300).describe('As the English menus say'),
    zh: z.string().max(300).describe('As the Chinese menus say'),
  })
  .describe("The vendor's own way there, menu by menu, in both of its languages")

function lines(what: string) {
  return z.array(z.string().max(2_000).describe(what)).max(50)
}

/** What is to be done, in the reader's language. */
export const Instructions = z
  .object({
    why: z.string().max(2_000).nullable().describe('Why it is asked for'),
    conditions: lines('One condition').describe('What has to be so before the first step'),
    steps: z
      .array(
        z.object({
          text: z.string().max(2_000).describe('What to do'),
          paths: Paths.nullable(),
        }),
      )
      .max(50)
      .describe('What to do, in order'),
    losses: lines('One loss').describe('What is lost for good by doing it'),
    consent: z
      .string()
      .max(2_000)
      .nullable()
      .describe('What whoever does it has to agree to, by `consent` of the claim; null for nothing'),
    evidence: z.string().max(2_000).describe('What shows that it is done'),
    source: z.string().max(500).nullable().describe('Page of the vendor that the steps come from'),
  })
  .meta({ id: 'TaskInstructions' })
export type Instructions = z.infer<typeof Instructions>

const Title = z.string().max(500).describe("What it is about, in the reader's language")
const Link = z.string().max(500).nullable().describe('Where it is done')

/** A human step, as lists show it. */
export const Task = z
  .object({
    taskId: Id,
    kind: z.string().max(60).describe('What asked for it, e.g. `by_hand` or `work_account.pass_on`'),
    state: TaskState,
    title: Title,
    subjectKind: z.string().max(50).describe('What it is about: `member`, `work_account` or `number`'),
    subjectId: Id,
    subjectLabel: z.string().max(300).nullable().describe('As people know it: name, account or phone number'),
    originKind: z
      .string()
      .max(50)
      .nullable()
      .describe('What it is a part of, e.g. `handover`; null for nothing'),
    originId: Id.nullable(),
    forMemberId: Id.nullable().describe(
      'Who is to do it; null for a person without an account, or any Admin',
    ),
    forName: z.string().max(200).nullable().describe('Name of who is to do it'),
    forContact: z.string().max(200).nullable().describe('How to reach a person without an account'),
    isPersonal: z
      .boolean()
      .describe('Only this person can do it, so that it does not pass on with a handover'),
    link: Link,
    dueAt: Instant,
    isOverdue: z.boolean().describe('Still to be done or seen, after the due date'),
    claimedBy: Person.nullable(),
    claimedByName: PersonName,
    claimedAt: Instant.nullable(),
    observedBy: Person.nullable(),
    observedByName: PersonName,
    observedAt: Instant.nullable(),
    observedHow: ObservedHow.nullable(),
    evidenceCount: z.int().min(0).describe('Files that show it'),
    nextReminderAt: Instant.nullable().describe('When somebody is reminded next; null for never'),
    remindedCount: z.int().min(0).describe('How often somebody was reminded'),
    openedBy: Person,
    openedByName: PersonName,
    openedAt: Instant,
    version: z.int().min(1).describe('Goes up with every change; the ETag'),
  })
  .meta({ id: 'Task' })
export type Task = z.infer<typeof Task>

export const TaskDetail = Task.extend({
  instructions: Instructions,
  claimNote: z.string().max(2_000).nullable().describe('What whoever did it wrote'),
  consentedAt: Instant.nullable().describe('When whoever did it agreed to what `consent` says'),
  observedNote: z.string().max(2_000).nullable().describe('What whoever saw it wrote'),
  endReason: z.string().max(2_000).nullable().describe('Why it was cancelled, or opened again last'),
  evidence: z.array(Evidence).max(10).describe('Files that show it, oldest first'),
  linkExpiresAt: Instant.nullable().describe('Until when the one-use link works; null where none does'),
  mayClaim: z.boolean().describe('Whether you may say that it is done'),
  mayObserve: z.boolean().describe('Whether you may say that you saw it'),
}).meta({ id: 'TaskDetail' })
export type TaskDetail = z.infer<typeof TaskDetail>

/** What a person without an account sees of a task, by its link. */
export const LinkedTask = z
  .object({
    companyName: z.string().max(200).describe('Who asks for it'),
    forName: z.string().max(200).nullable().describe('Who is asked'),
    title: Title,
    state: TaskState,
    link: Link,
    dueAt: Instant,
    isOverdue: z.boolean().describe('Still to be done, after the due date'),
    instructions: Instructions,
    evidence: z.array(Evidence).max(10).describe('Files that were added so far'),
    expiresAt: Instant.describe('Until when the link works'),
  })
  .meta({ id: 'LinkedTask' })
export type LinkedTask = z.infer<typeof LinkedTask>

export const TaskQuery = PageQuery.extend({
  state: z
    .enum(['open', ...taskStates])
    .optional()
    .describe('Only those in this state; `open` for planned and claimed ones'),
  mine: z.enum(['true', 'false']).default('false').describe('Only those that you are to do'),
  overdue: z.enum(['true', 'false']).default('false').describe('Only open ones after their due date'),
  originKind: text(50)
    .optional()
    .describe('Only those that are a part of this kind of thing, e.g. `handover`'),
  originId: Id.optional().describe('Only those that are a part of this thing'),
  subjectId: Id.optional().describe('Only those about this member, work account or number'),
  forMemberId: Id.optional().describe('Only those that this member is to do'),
  sort: z
    .enum(['-openedAt', 'dueAt'])
    .default('-openedAt')
    .describe('Newest first, or the next one due first'),
})
export type TaskQuery = z.infer<typeof TaskQuery>

const DueAt = Instant.optional().describe('Until when; 7 days from now unless said otherwise')

const Addressee = {
  forMemberId: Id.optional().describe('The member who is to do it'),
  forName: text(100).optional().describe('A person without an account who is to do it'),
  forContact: text(200).optional().describe('How to reach that person: phone, e-mail'),
}

/** Who is to do a task: a member, a person without an account, or, with neither, any Owner or Admin. */
export const AddresseeFields = z.object(Addressee)
export type AddresseeFields = z.infer<typeof AddresseeFields>

export const NewTask = z
  .strictObject({
    subjectKind: z.enum(['member', 'work_account']).describe('What it is about'),
    subjectId: Id,
    title: text(200).describe('What it is about, in a few words'),
    instructions: paragraph(5_000).describe('What to do; each line is a step'),
    evidence: paragraph(1_000).optional().describe('What shows that it is done'),
    link: z
      .url({ protocol: /^https?$/ })
      .max(500)
      .optional()
      .describe('Where it is done'),
    dueAt: DueAt,
    ...Addressee,
  })
  .refine(
    (task) => task.forMemberId === undefined || task.forName === undefined,
    'is for a member or for a name',
  )
export type NewTask = z.infer<typeof NewTask>

const Note = paragraph(2_000)

export const Claim = z.strictObject({
  note: Note.optional().describe('What was done, and what shows it'),
  consent: z.boolean().default(false).describe('Agreement to what `consent` of the instructions says'),
})
export type Claim = z.infer<typeof Claim>

export const Observing = z.strictObject({
  how: ObservedHow,
  note: Note.optional().describe('What you saw'),
})
export type Observing = z.infer<typeof Observing>

export const TaskReason = z.strictObject({ reason: paragraph(1_000).describe('Why') })

export const NewTaskLink = z.strictObject({
  expiresInHours: z.int().min(1).max(720).default(168).describe('How long the link works'),
})

export const TaskLink = z.object({
  taskId: Id,
  token: z.string().max(200).optional().describe('Give it to the person; shown once'),
  path: z
    .string()
    .max(300)
    .optional()
    .describe('The same as an address in the console; the part after # never reaches a log'),
  expiresAt: Instant,
})
