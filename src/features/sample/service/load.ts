import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { type OwnContext, Reply } from '../../../platform/http/bind.ts'
import { createAccount, hasCompany, joinCompany, lockSetup, openSessionOf } from '../../accounts/index.ts'
import { accountRefusal } from '../../accounts/model.ts'
import { sampleSlug } from '../../companies/model.ts'
import { openRecordMonth } from '../../records/index.ts'
import { type Calendar, createCalendar } from '../calendar.ts'
import type { sampleContract } from '../contract.ts'
import { type Examples, readExamples } from '../examples.ts'
import { moveSteps } from './moves.ts'
import { outsideSteps } from './outside.ts'
import {
  type KeptMedia,
  keepMedia,
  type MediaShelf,
  recordSteps,
  type SentRecord,
  sentRecords,
} from './records.ts'
import { asSystem, openScene, play } from './scene.ts'
import { foundingSteps, ownerCode } from './staff.ts'

type Route = (typeof sampleContract)['loadSample']
type Loaded = RouteOutput<Route>

/** Where the files of the sample and of its records lie, and where it is noted that it went. */
export interface SampleParts extends MediaShelf {
  readonly log: { info(particulars: object, message: string): void }
}

const ownerEmail = 'owner@sample.example'

/** What is read and kept before the transaction of the load. */
interface Prepared {
  readonly companyId: string
  readonly calendar: Calendar
  readonly examples: Examples
  readonly sent: readonly SentRecord[]
  readonly kept: readonly KeptMedia[]
}

/**
 * Makes the sample company with all its past in one transaction, so that nobody meets half of it, and signs its Owner
 * in. The Owner's account has no password: who is signed out gets in again by a reset on the machine.
 * @throws Refusal `setup.done`, `account.exists`, `company.slug_taken`
 */
export async function loadSample(
  parts: SampleParts,
  context: OwnContext,
  { body }: RouteInput<Route>,
): Promise<Reply<Loaded>> {
  // Nobody makes this machine read for nothing; a repeated request is answered by its key all the same.
  const isDone = await context.openAside(hasCompany)
  const prepared = isDone ? null : await prepare(parts, context, body.timeZone)
  try {
    return await context.open(async (tx) => {
      if (prepared === null || (await lockSetup(tx))) throw new Refusal(accountRefusal.setupDone)
      return load(tx, prepared, { ...context, ...body })
    })
  } catch (error) {
    // Where the outcome is not known, the sweep finds the files that nothing names.
    if (error instanceof Refusal && prepared !== null) {
      for (const { mediaId } of prepared.kept) {
        await parts.mediaFiles.remove({ companyId: prepared.companyId, mediaId })
      }
    }
    throw error
  }
}

async function prepare(parts: SampleParts, context: OwnContext, timeZone: string): Promise<Prepared> {
  const examples = await readExamples(parts.examples)
  const ids = await context.openAside(async (tx) => ({
    companyId: tx.newId(),
    calendar: createCalendar(tx.now, timeZone),
    newId: tx.newId,
  }))
  const sent = sentRecords(examples.records, ids.calendar)
  const months = new Map(sent.map(({ occurredAt }) => [occurredAt.slice(0, 7), occurredAt]))
  for (const moment of months.values()) await context.openAside((tx) => openRecordMonth(tx, moment))
  return { ...ids, examples, sent, kept: await keepMedia(parts, ids, sent) }
}

type Wish = RouteInput<Route>['body'] & Pick<OwnContext, 'device' | 'network' | 'deviceHash'>

async function load(
  tx: Tx,
  { companyId, calendar, examples, sent, kept }: Prepared,
  { language, timeZone, device, network, deviceHash }: Wish,
): Promise<Reply<Loaded>> {
  const accountId = tx.newId()
  const ownerId = tx.newId()
  const name = examples.members.find(({ staffCode }) => staffCode === ownerCode)?.name ?? ownerCode
  const isNew = await createAccount(tx, { accountId, email: ownerEmail, name, passwordHash: null })
  if (!isNew) throw new Refusal(accountRefusal.accountExists)
  const scene = openScene(tx, companyId, calendar)
  const beginning = { language, timeZone, ownerId, ownerEmail, accountId }
  await play(scene, [
    ...foundingSteps(examples, beginning)(scene),
    ...moveSteps(examples.moves)(scene),
    ...outsideSteps(examples, language)(scene),
    ...recordSteps(sent, kept),
  ])
  await asSystem(scene, { task: 'setup' }, async (inside) => joinCompany(inside, accountId, ownerId))
  const { setSession, setDevice } = await openSessionOf(tx, {
    accountId,
    identifierId: null,
    proof: 'sample',
    device,
    network,
    deviceHash,
  })
  return new Reply(
    { companyId, slug: sampleSlug, memberId: ownerId },
    setSession === undefined ? {} : { setSession, setDevice },
  )
}
