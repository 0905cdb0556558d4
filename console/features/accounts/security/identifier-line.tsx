import { Button, Group, Stack, Switch, Text } from '@mantine/core'
import { useState } from 'react'
import { useWrite } from '../../../api/write.ts'
import { useFormat } from '../../../ui/format.ts'
import { ProblemAlert } from '../../../ui/states.tsx'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import { type Identifier, useIdentifierName, useProvenWords } from './names.ts'
import { Unbind } from './unbind.tsx'
import { useSecurityWords } from './words.ts'

const withoutVerification: readonly string[] = ['wecom', 'wechat_official']

/** One identifier: what it is used for, since when, proven how; and what can be done with it. */
export function IdentifierLine({ identifier }: { readonly identifier: Identifier }) {
  const t = useSecurityWords()
  const f = useFormat()
  const name = useIdentifierName()(identifier)
  const proven = useProvenWords()
  const [isUnbinding, setUnbinding] = useState(false)
  return (
    <Stack gap="xs" w="100%">
      <Group justify="space-between" gap="sm" align="flex-start" wrap="nowrap">
        <div style={{ minWidth: 0 }}>
          <Group gap="xs">
            <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
              <Breakable name={name} />
            </Text>
            {identifier.frozenAt !== null && <StatusBadge kind="wait">{t('frozen')}</StatusBadge>}
          </Group>
          <Text size="sm" c="dimmed">
            {f.sentences(
              t('bound', { time: f.date(identifier.boundAt), how: proven(identifier.provenHow) }),
              identifier.lastUsedAt === null
                ? t('neverUsed')
                : t('lastUsed', { time: f.relative(identifier.lastUsedAt) }),
            )}
          </Text>
        </div>
        <Button
          variant="default"
          style={{ flex: 'none' }}
          aria-label={t('unbind.of', { name })}
          disabled={identifier.frozenAt !== null}
          onClick={() => setUnbinding(true)}
        >
          {t('unbind')}
        </Button>
      </Group>
      <Uses identifier={identifier} name={name} onOrder={() => setUnbinding(true)} />
      {isUnbinding && <Unbind identifier={identifier} name={name} onClose={() => setUnbinding(false)} />}
    </Stack>
  )
}

/** An address that is too long for a line breaks before its @ rather than anywhere. */
function Breakable({ name }: { readonly name: string }) {
  const at = name.lastIndexOf('@')
  if (at === -1) return name
  return (
    <>
      {name.slice(0, at)}
      <wbr />
      {name.slice(at)}
    </>
  )
}

interface UsesProps {
  readonly identifier: Identifier
  readonly name: string
  /** Shows in which order a use can end. */
  readonly onOrder: () => void
}

// These say that something else has to come first, which the planner knows.
const lasts: readonly string[] = ['identifier.last_login', 'identifier.last_verification']

function Uses({ identifier, name, onOrder }: UsesProps) {
  const t = useSecurityWords()
  const write = useWrite('setIdentifierUses')
  const { identifierId, canLogin, canVerify, kind, frozenAt } = identifier
  function set(uses: { canLogin: boolean; canVerify: boolean }) {
    write.mutate({ params: { identifierId }, body: uses })
  }
  return (
    <>
      <Group gap="lg">
        <Switch
          label={t('use.login')}
          aria-label={t('use.login.of', { name })}
          checked={canLogin}
          disabled={write.isPending || frozenAt !== null}
          onChange={(event) => set({ canLogin: event.currentTarget.checked, canVerify })}
        />
        {!withoutVerification.includes(kind) && (
          <Switch
            label={t('use.verify')}
            aria-label={t('use.verify.of', { name })}
            checked={canVerify}
            disabled={write.isPending || frozenAt !== null}
            onChange={(event) => set({ canLogin, canVerify: event.currentTarget.checked })}
          />
        )}
      </Group>
      <ProblemAlert problem={write.error}>
        {write.error && lasts.includes(write.error.code) && (
          <Button variant="default" onClick={onOrder}>
            {t('order.show')}
          </Button>
        )}
      </ProblemAlert>
    </>
  )
}
