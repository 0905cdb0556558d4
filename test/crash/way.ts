import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { ask, type Question, type Reply } from './company.ts'
import type { LeavingCompany } from './leaver.ts'

/** Where a handover is cut: its n-th commit, from one, right before or right after it. */
export interface Cut {
  readonly at: number
  readonly side: 'before' | 'after'
}

interface Stretch {
  /** What sets it going. */
  readonly ask: Question
  /** The state in which it is over. */
  readonly end: 'finished' | 'undone'
  readonly cut: Cut | null
}

interface Standing {
  readonly state: string
  /** The runner has something to do now, or a receipt is not signed yet. */
  readonly isBusy: boolean
}

interface Errand {
  readonly id: string
  readonly kind: 'task' | 'check'
  readonly state: string
}

const patienceMs = 120_000
const pollMs = 10

/** One stretch of a handover, from the request to its end: whoever has to do something by hand does it. */
export class Way {
  readonly #company: LeavingCompany
  readonly #stretch: Stretch
  #deaths = 0

  constructor(company: LeavingCompany, stretch: Stretch) {
    this.#company = company
    this.#stretch = stretch
  }

  /** How often it was killed so far. */
  get deaths(): number {
    return this.#deaths
  }

  /**
   * Goes it, and starts Baton again where the cut has ended it.
   * @returns what its commits were about; none where it was cut
   */
  async go(): Promise<readonly string[]> {
    const { cut } = this.#stretch
    const { baton, companyId } = this.#company
    const side = cut?.side ?? 'before'
    await baton.arm({ companyId, tables: 'handover\\w*', at: cut?.at ?? null, side })
    await this.#must(this.#stretch.ask)
    for (;;) {
      const { state } = await this.#rest()
      const [errand] = await this.#errands()
      if (errand) await this.#run(errand)
      else if (state === this.#stretch.end) break
      else throw new Error(await this.#why(`rests, ${state}`))
    }
    if (cut !== null && this.#deaths === 0) await this.#startAgain()
    expect(this.#deaths, `kill -9 ${side} commit ${cut?.at}`).toBe(cut === null ? 0 : 1)
    return cut === null ? baton.commits() : []
  }

  // Nothing in it is due now.
  async #rest(): Promise<Standing> {
    const { baton } = this.#company
    let end = performance.now() + patienceMs
    for (;;) {
      if (baton.hasEnded) {
        await this.#startAgain()
        end = performance.now() + patienceMs
      }
      const standing = await this.#standing()
      if (!standing.isBusy) return standing
      if (performance.now() > end) throw new Error(await this.#why(`never came to rest, ${standing.state}`))
      await sleep(pollMs)
    }
  }

  async #why(what: string): Promise<string> {
    const facts = { cut: this.#stretch.cut, deaths: this.#deaths, open: await this.#openItems() }
    return `it ${what}: ${JSON.stringify(facts)}\n${(await this.#company.baton.said()).slice(-4_000)}`
  }

  async #standing(): Promise<Standing> {
    const { baton, companyId, handoverId } = this.#company
    const { rows } = await baton.asSuperuser((client) =>
      client.query<Standing>(
        // Not now(), which stands before the query sees anything: a slice may end in between.
        `select state, (state not in ('finished', 'undone') and due_at <= clock_timestamp())
            or exists (select 1 from handover_receipts r where r.company_id = $1 and r.signed_at is null) as "isBusy"
          from handovers where company_id = $1 and handover_id = $2`,
        [companyId, handoverId],
      ),
    )
    const [standing] = rows
    if (!standing) throw new Error('the handover is gone')
    return standing
  }

  async #errands(): Promise<readonly Errand[]> {
    const { baton, companyId, handoverId } = this.#company
    const { rows } = await baton.asSuperuser((client) =>
      client.query<Errand>(
        `select task_id as id, 'task' as kind, state from tasks
          where company_id = $1 and origin_kind = 'handover' and origin_id = $2 and state in ('planned', 'claimed')
        union all select request_id, 'check', state from requests
          where company_id = $1 and kind = 'country_check' and state = 'open' order by kind, id`,
        [companyId, handoverId],
      ),
    )
    return rows
  }

  async #openItems(): Promise<unknown[]> {
    const { baton, companyId, handoverId } = this.#company
    const { rows } = await baton.asSuperuser((client) =>
      client.query(
        `select kind, label, way, state, waits_for, due_at, refusal_code, refusal_values from handover_items
          where company_id = $1 and handover_id = $2 and state not in ('observed', 'skipped', 'undone') order by position`,
        [companyId, handoverId],
      ),
    )
    return rows
  }

  async #run({ id, kind, state }: Errand): Promise<void> {
    if (kind === 'task') {
      if (state === 'planned') return this.#claim(id)
      await this.#post(`/v1/tasks/${id}/observe`, { how: 'evidence' })
      return
    }
    await this.#post(`/v1/requests/${id}/approve`, { evidence: 'seen' })
    await this.#passTime()
  }

  // Whoever did it does not see that it is done.
  async #claim(taskId: string): Promise<void> {
    const { baton, companyId } = this.#company
    const body = { note: 'Done', consent: true }
    try {
      await baton.asOperator({ path: `/v1/tasks/${taskId}/claim`, body, company: companyId })
    } catch (error) {
      // A commit is seen here before the process that made it dies of it.
      if (this.#stretch.cut === null || this.#deaths > 0) throw error
      await this.#startAgain()
    }
  }

  // The minute after which a run looks again whether a check is over.
  async #passTime(): Promise<void> {
    const { baton, companyId } = this.#company
    await baton.asSuperuser(async (client) => {
      await client.query(
        `update handover_items set due_at = now()
          where company_id = $1 and state in ('attempted', 'waiting') and waits_for = 'check'`,
        [companyId],
      )
      await client.query(
        `update handovers set due_at = now() where company_id = $1 and state in ('running', 'undoing')`,
        [companyId],
      )
    })
  }

  #post(path: string, body: object): Promise<Reply> {
    return this.#must({ method: 'POST', path, body, key: path })
  }

  // Whoever got no answer asks once more, as the console and the command line do.
  async #must(question: Question): Promise<Reply> {
    for (;;) {
      const answer = await ask(this.#company, question)
      if (answer === null) await this.#startAgain()
      else if (answer.status < 300) return answer
      else throw new Error(`${question.path}: ${JSON.stringify(answer)}`)
    }
  }

  async #startAgain(): Promise<void> {
    const { baton } = this.#company
    expect(await baton.ended()).toBe('SIGKILL')
    this.#deaths += 1
    await baton.start()
  }
}
