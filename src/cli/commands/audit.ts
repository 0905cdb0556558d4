import type { Place } from '../command.ts'

export function addAuditCommands(_place: Place): void {}
