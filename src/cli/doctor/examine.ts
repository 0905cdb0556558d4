import { systemClock } from '../../platform/clock/clock.ts'
import { readSettings, type Settings, SettingsError } from '../../platform/config/settings.ts'
import { checkCheckpoints, checkDatabase } from './database.ts'
import { type Finding, fail, ok } from './finding.ts'
import { checkDataFolder, checkDisk, checkNode, checkPort, checkTls } from './machine.ts'
import { checkOutside } from './outside.ts'

/** Looks at everything Baton needs; changes nothing. */
export async function examine(): Promise<Finding[]> {
  const settings = readOrFindings()
  if (Array.isArray(settings)) return [checkNode(), ...settings]
  const now = systemClock.now()
  return [
    checkNode(),
    ok('Settings', 'all are known and fit'),
    await checkDataFolder(settings),
    await checkDisk(settings),
    ...(await checkDatabase(settings, () => systemClock.now())),
    await checkTls(settings, now),
    await checkPort(settings),
    await checkCheckpoints(settings, now),
    ...(await checkOutside(settings)),
  ]
}

function readOrFindings(): Settings | Finding[] {
  try {
    return readSettings(process.env)
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    return error.problems.map((problem) => fail('Settings', problem, 'Correct it in the environment.'))
  }
}
