import type { World } from './world.ts'

/** Lets waiting messages leave, and answers with the newest to an address. */
export async function newestTo(world: World, to: string): Promise<string> {
  for (const task of world.app.dueTasks) {
    if (task.name.startsWith('messages.')) while ((await task.run()) > 0) {}
  }
  // Those that wait together leave in any order; ids are made in the order of their causes.
  const [newest] = world.sent
    .filter((message) => message.to === to)
    .sort((one, other) => (one.messageId < other.messageId ? 1 : -1))
  if (newest === undefined) throw new Error(`nothing was sent to ${to}`)
  return newest.text
}

/** The code of the newest message to an address. */
export async function codeTo(world: World, to: string): Promise<string> {
  const code = /\b\d{6}\b/.exec(await newestTo(world, to))?.[0]
  if (code === undefined) throw new Error(`the newest message to ${to} has no code`)
  return code
}
