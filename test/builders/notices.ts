import type { World } from '../world.ts'

const jobs = ['numbers.tell-holders', 'numbers.tell-holders-of-slices']

/** Does the queued jobs that tell holders of moves, also those done before: they are safe to repeat. */
export async function tellHolders(world: World): Promise<void> {
  const { rows } = await world.tamper('select name, data from pgboss.job where name = any($1)', [jobs])
  for (const { name, data } of rows) await world.app.jobs.find((job) => job.name === name)?.run(data)
}
