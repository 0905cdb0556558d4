import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { Answer } from '../../api/client.ts'
import { useRead } from '../../api/read.ts'
import { useCommonWords } from '../../ui/common-words.ts'
import { hasPasskeys } from '../../ui/proof/passkey.ts'
import { Await } from '../../ui/states.tsx'
import touch from '../../ui/touch.module.css'
import { ByCode } from './by-code.tsx'
import { ByPasskey } from './by-passkey.tsx'
import { ByTyping } from './by-typing.tsx'
import { useFreshProofWords } from './words.ts'

type Way = Answer<'listConfirmationWays'>['ways'][number]

// Above every dialog that may be open already.
const zIndex = 400

/** Confirms who is there by what the account has; closes itself with the answer. */
export function FreshProofDialog({ onClose }: { readonly onClose: (isConfirmed: boolean) => void }) {
  const t = useFreshProofWords()
  const common = useCommonWords()
  const query = useRead('listConfirmationWays', {}, { staleMs: 0 })
  return (
    <Modal
      opened
      onClose={() => onClose(false)}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t('title')}
      zIndex={zIndex}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <Stack className={touch['touch'] ?? ''}>
        <Text>
          {t('text')}{' '}
          <Text span c="dimmed">
            {t('lasts')}
          </Text>
        </Text>
        <Await query={query}>{({ ways }) => <Ways ways={ways} onDone={() => onClose(true)} />}</Await>
      </Stack>
    </Modal>
  )
}

const preference = ['passkey', 'authenticator', 'password', 'code', 'recovery_code'] as const

interface WaysProps {
  readonly ways: readonly Way[]
  readonly onDone: () => void
}

function Ways({ ways, onDone }: WaysProps) {
  const t = useFreshProofWords()
  const usable = ways.filter(({ by }) => by !== 'passkey' || hasPasskeys())
  const sorted = usable.toSorted((one, other) => preference.indexOf(one.by) - preference.indexOf(other.by))
  const [chosen, setChosen] = useState<string | null>(null)
  const way = sorted.find((one) => keyOf(one) === chosen) ?? sorted[0]
  if (!way) return <Text>{t('none')}</Text>
  const others = sorted.filter((one) => one !== way)
  return (
    <>
      <Proof key={keyOf(way)} way={way} onDone={onDone} />
      {others.length > 0 && (
        <Stack gap={4}>
          <Text size="sm" c="dimmed">
            {t('other')}
          </Text>
          <Group gap="xs">
            {others.map((one) => (
              <Button key={keyOf(one)} variant="default" size="md" onClick={() => setChosen(keyOf(one))}>
                {t(`way.${one.by}`, one.by === 'code' ? { to: one.sentTo } : {})}
              </Button>
            ))}
          </Group>
        </Stack>
      )}
    </>
  )
}

function keyOf(way: Way): string {
  return way.by === 'code' ? `code ${way.identifierId}` : way.by
}

function Proof({ way, onDone }: { readonly way: Way; readonly onDone: () => void }) {
  switch (way.by) {
    case 'code':
      return <ByCode identifierId={way.identifierId} sentTo={way.sentTo} onDone={onDone} />
    case 'passkey':
      return <ByPasskey onDone={onDone} />
    default:
      return <ByTyping by={way.by} onDone={onDone} />
  }
}
