import type { World } from '../world.ts'

const job = 'numbers.tell-holders'

/** Does the queued jobs that tell holders of moves, also those done before: they are safe to repeat. */
export async function tellHolders(world: World): Promise<void> {
  const { rows } = await world.tamper('select data from pgboss.job where name = $1', [job])
  const tell = world.app.jobs.find(({ name }) => name === job)
  for (const { data } of rows) await tell?.run(data)
}
