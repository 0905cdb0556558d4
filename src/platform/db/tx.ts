import type { Kysely } from 'kysely'
import type { Caller, CompanyCaller } from '../../kernel/caller.ts'
import type { Instant } from '../../kernel/fields.ts'
import type { Clock } from '../clock/clock.ts'
import type { Announcement } from './announce.ts'
import type { Tables } from './tables.ts'

declare const transaction: unique symbol

/** A statement with a name of its own, so that PostgreSQL parses and plans it once per connection. */
export interface Statement {
  readonly name?: string
  readonly text: string
  readonly values?: readonly unknown[]
}

/**
 * An open transaction in one realm. Every function that touches the database takes one, so that work outside a
 * transaction does not compile.
 */
export interface Tx {
  readonly [transaction]: true
  readonly caller: Caller
  /** The company of this realm; the zero UUID in the account's and the installation's realms. */
  readonly companyId: string
  /** The account of this realm; null in all others. */
  readonly accountId: string | null
  readonly now: Instant
  newId(): string
  /** Typed statements for lists and plain writes. */
  readonly db: Kysely<Tables>
  /** Hand-written statements for the hot path. */
  query<Row>(statement: Statement): Promise<Row[]>
  /** Sends a write without waiting for its answer; a failure fails the commit. */
  send(statement: Statement): void
  /** Lets what was sent leave, so that the database works on it while the caller prepares what comes next. */
  flush(): Promise<void>
  /** Puts a job on the queue in this transaction: it runs after the commit or never. Jobs carry ids only. */
  enqueue(job: string, ids: Readonly<Record<string, string>>): void
  /**
   * Steps into a company's realm for `work`, in the same transaction: set-up and joining, before the caller is a member.
   * With a clock of its own the work happens at another time, as the made-up past of a sample does.
   */
  inCompany<T>(caller: CompanyCaller, work: (tx: Tx) => Promise<T>, clock?: Clock): Promise<T>
  /**
   * Steps into an account's realm for `work`, in the same transaction. Only for whoever has just proved to be its person,
   * or for what a rule lets happen to it (ACC-1): the house test lists who may.
   */
  inAccount<T>(accountId: string, work: (tx: Tx) => Promise<T>): Promise<T>
  /** Tells other parts of Baton after the commit; nothing may depend on it for correctness. */
  announce(announcement: Announcement): void
}
