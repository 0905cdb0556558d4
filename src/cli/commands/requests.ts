import type { Place } from '../command.ts'

export function addRequestCommands(_place: Place): void {}
