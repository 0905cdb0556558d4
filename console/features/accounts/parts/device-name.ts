import { useSecurityWords } from '../security/words.ts'
import { deviceOf } from './device.ts'

/** Names a device by its browser and system, as far as they are known. */
export function useDeviceName(): (device: string | null) => string {
  const t = useSecurityWords()
  return (device) => {
    const { browser, system, other } = deviceOf(device)
    if (browser !== null && system !== null) return t('device.on', { browser, system })
    return browser ?? system ?? other ?? t('sessions.unknown')
  }
}
