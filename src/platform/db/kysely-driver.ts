import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely'
import type pg from 'pg'

/** Runs Kysely's statements on the connection of an open transaction; it cannot open or end one. */
export class TxDriver implements Driver {
  readonly #connection: DatabaseConnection

  constructor(client: pg.PoolClient) {
    this.#connection = {
      async executeQuery<Row>(compiled: CompiledQuery): Promise<QueryResult<Row>> {
        const answer = await client.query(compiled.sql, [...compiled.parameters])
        const rows: Row[] = answer.rows
        return { rows, numAffectedRows: BigInt(answer.rowCount ?? 0) }
      },
      streamQuery() {
        throw new Error('streaming is not offered inside a transaction')
      },
    }
  }

  async init(): Promise<void> {}
  async destroy(): Promise<void> {}
  async releaseConnection(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection
  }

  beginTransaction = refuseNesting
  commitTransaction = refuseNesting
  rollbackTransaction = refuseNesting
}

async function refuseNesting(): Promise<never> {
  throw new Error('a transaction is open already; use its Tx')
}
