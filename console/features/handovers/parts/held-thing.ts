import type { Item } from '../../../api/client.ts'
import { useCommonWords } from '../../../ui/common-words.ts'
import { usePhone } from '../../../ui/phone.tsx'
import { useHandoverWords } from '../words.ts'

export type HeldKind = Item<'getPlan'>['kind']

interface HeldThing {
  readonly kind: HeldKind
  readonly label: string | null
}

const roles = ['owner', 'admin', 'lead', 'auditor', 'member'] as const

/** What somebody holds, as people know it: a written number, whose manager, which role. */
export function useHeldThing(): (thing: HeldThing) => string {
  const t = useHandoverWords()
  const common = useCommonWords()
  const phone = usePhone()
  return ({ kind, label }) => {
    if (label === null) return t('thing.erased', { kind: t(`kind.${kind}`) })
    const role = kind === 'role' ? roles.find((one) => one === label) : undefined
    const shown = role ? common(`role.${role}`) : label.startsWith('+') ? phone(label) : label
    return t(`thing.${kind}`, { label: shown })
  }
}
