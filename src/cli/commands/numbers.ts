import type { Place } from '../command.ts'

export function addNumberCommands(_place: Place): void {}
