import type { Answer } from '../../../api/client.ts'
import { useRead } from '../../../api/read.ts'
import { useFormat } from '../../../ui/format.ts'
import { usePhone } from '../../../ui/phone.tsx'
import { useSecurityWords } from './words.ts'

export type Account = Answer<'readAccount'>
export type Identifier = Account['identifiers'][number]
export type Kind = Identifier['kind']
type Way = Answer<'planUnbinding'>['login']['others'][number]

/** How something that is bound is written for its person; of an account elsewhere only the end of its long id. */
export function useIdentifierName(): (identifier: Pick<Identifier, 'kind' | 'value'>) => string {
  const t = useSecurityWords()
  const phone = usePhone()
  return ({ kind, value }) => {
    if (kind === 'phone') return phone(value)
    return kind === 'email' ? value : `${t(`kind.${kind}`)} …${value.split(':').at(-1)?.slice(-6) ?? ''}`
  }
}

type Change = Account['openChanges'][number]

/** What changed in the own account, in words. */
export function useChangeInWords(): (change: Pick<Change, 'kind' | 'identifierKind' | 'value'>) => string {
  const t = useSecurityWords()
  const nameOf = useIdentifierName()
  return ({ kind, identifierKind, value }) => {
    const named = identifierKind && value ? nameOf({ kind: identifierKind, value }) : null
    return t(`change.${kind}`, { name: named ?? (identifierKind ? t(`kind.${identifierKind}`) : '') })
  }
}

/** Writes what remains of the own ways in one list, e.g. `wang@example.com and a passkey`. */
export function useWays(): (ways: readonly Way[]) => string {
  const t = useSecurityWords()
  const f = useFormat()
  const nameOf = useIdentifierName()
  const identifiers = useRead('readAccount', {}).data?.identifiers ?? []
  return (ways) =>
    f.list(
      ways.map(({ kind, identifierId }) => {
        if (kind === 'passkey' || kind === 'authenticator') return t(`way.${kind}`)
        const identifier = identifiers.find((one) => one.identifierId === identifierId)
        return identifier ? nameOf(identifier) : t(`kind.${kind}`)
      }),
    )
}

const proofs = [
  'code',
  'oauth',
  'taken_over',
  'recycled',
  'recovery',
  'password',
  'link',
  'unproven',
] as const

/** How something was proven, in words. */
export function useProvenWords(): (how: string) => string {
  const t = useSecurityWords()
  return (how) => {
    const known = proofs.find((proof) => proof === how)
    return t(known ? `proven.${known}` : 'proven.other')
  }
}
