import { useFormat } from '../../../ui/format.ts'
import { useIdentifierName } from '../security/names.ts'
import { useSecurityWords } from '../security/words.ts'
import type { SecurityEvent } from './groups.ts'
import { useSecurityLogWords } from './words.ts'

type Facts = SecurityEvent['facts']

const proofs = [
  'password',
  'email_code',
  'phone_code',
  'code',
  'passkey',
  'link',
  'authenticator',
  'recovery_code',
  'operator',
  'email',
  'phone',
  'wechat',
  'wecom',
  'qq',
  'wechat_official',
] as const
const identifierKinds = ['phone', 'email', 'wechat', 'wecom', 'qq', 'wechat_official'] as const
const changes = [
  'identifier_bound',
  'identifier_unbound',
  'identifier_uses_changed',
  'password_set',
  'passkey_added',
  'passkey_removed',
  'authenticator_added',
  'authenticator_removed',
  'recovery_codes_made',
] as const

/** Says what happened in one sentence, in the reader's language. */
export function useSentence(): (event: SecurityEvent) => string {
  const t = useSecurityLogWords()
  const f = useFormat()
  const nameOf = useNameIn()
  const proofOf = useProofWords()
  const changeOf = useChangeWords()
  return ({ kind, facts }) => {
    switch (kind) {
      case 'signed_in':
        return t(kind, { by: proofOf(facts['proof']) })
      case 'confirmed':
      case 'password_reset':
        return t(kind, { by: proofOf(facts['by']) })
      case 'sessions_ended':
        return t(kind, { count: Number(facts['count'] ?? 1) })
      case 'identifier_bound':
      case 'identifier_unbound':
      case 'identifier_uses_changed':
        return t(kind, { name: nameOf(facts) })
      case 'takeover_waiting':
      case 'takeover_vetoed':
        return t(facts['isOwn'] === true ? `${kind}.own` : kind)
      case 'change_objected':
        return t(kind, { change: changeOf(facts['changed']) })
      case 'change_settled':
        return t(facts['outcome'] === 'undone' ? 'change_undone' : 'change_kept', {
          change: changeOf(facts['changed']),
        })
      case 'passkey_added':
      case 'passkey_removed':
        return t(kind, { name: String(facts['name'] ?? '') })
      case 'recovery_code_used':
        return t(kind, { count: Number(facts['left'] ?? 0) })
      case 'deletion_asked':
        return t(kind, { time: f.dateTime(String(facts['endsAt'])) })
      case 'sealed':
        return t(kind, { time: f.dateTime(String(facts['erasedAt'])) })
      case 'deletion_requested':
        return facts['answer'] === 'declined'
          ? t('deletion_declined')
          : t(kind, { company: String(facts['company'] ?? '') })
      default:
        return t(kind)
    }
  }
}

// Events of one source name the kind of an identifier, those of another its value as well.
function useNameIn(): (facts: Facts) => string {
  const t = useSecurityWords()
  const nameOf = useIdentifierName()
  return (facts) => {
    const kind = identifierKinds.find((one) => one === (facts['identifierKind'] ?? facts['kind']))
    if (!kind) return ''
    const value = facts['value']
    return typeof value === 'string' ? nameOf({ kind, value }) : t(`kind.${kind}`)
  }
}

function useProofWords(): (given: Facts[string] | undefined) => string {
  const t = useSecurityLogWords()
  const f = useFormat()
  return (given) => {
    const words = String(given ?? '')
      .split('+')
      .flatMap((word) => proofs.find((proof) => proof === word) ?? [])
    return words.length === 0 ? t('by.other') : f.list(words.map((word) => t(`by.${word}`)))
  }
}

function useChangeWords(): (given: Facts[string] | undefined) => string {
  const t = useSecurityLogWords()
  return (given) => {
    const change = changes.find((one) => one === given)
    return change ? t(`changed.${change}`) : ''
  }
}
