import type { Place } from '../command.ts'

export function addDoctorCommand(_place: Place): void {}
