// Loaded before Baton (`node --import`), so that the product itself knows nothing of it: counts the commits of a
// company's work, and ends its own process by `kill -9` right before or right after the one that it was told.
import pg from 'pg'

/**
 * What it was told: the commits that count are those of transactions that write to one of the `tables` (a regular
 * expression) for the company; it dies at the `at`-th of them, never where that is null, on the side of it.
 * @type {{ companyId: string, tables: string, at: number | null, side: 'before' | 'after' } | null}
 */
let order = null
/** What each commit that counted was about, in their order. */
let commits = []
/** Of each connection, the transaction that is open. */
const open = new WeakMap()

const turns = { 'handover-turn-carry_out': 'carry out', 'handover-turn-observe': 'observe' }
const { query } = pg.Client.prototype

pg.Client.prototype.query = function (...given) {
  const [first, second] = given
  const { text, name } = typeof first === 'string' ? { text: first } : (first ?? {})
  if (typeof text !== 'string') return query.apply(this, given)
  const values = first?.values ?? (Array.isArray(second) ? second : [])
  if (text.startsWith('begin')) open.set(this, { isOfCompany: false, writes: [], about: null })
  const transaction = open.get(this)
  if (order === null || transaction === undefined) return query.apply(this, given)
  look(transaction, { text, name, values })
  if (text !== 'commit') return query.apply(this, given)
  open.delete(this)
  if (!transaction.isOfCompany || transaction.writes.length === 0) return query.apply(this, given)
  commits.push(transaction.about ?? transaction.writes[0])
  if (commits.length !== order.at) return query.apply(this, given)
  if (order.side === 'before') end()
  return query.apply(this, given).then(end)
}

function look(transaction, { text, name, values }) {
  if (text.includes(order.companyId) || values.includes(order.companyId)) transaction.isOfCompany = true
  const [, table] = new RegExp(`\\b(?:update|insert into|delete from) (${order.tables})\\b`).exec(text) ?? []
  if (table !== undefined) transaction.writes.push(name ?? `write ${table}`)
  if (name in turns) transaction.about = `${turns[name]} ${values[2]}`
  if (name === 'handover-undo-items') transaction.about = `undo ${values[2]}`
}

function end() {
  process.kill(process.pid, 'SIGKILL')
}

process.on('message', (message) => {
  if (message.order !== undefined) {
    order = message.order
    commits = []
  }
  process.send({ commits })
})
// It would keep a Baton that is told to stop.
process.channel?.unref()
