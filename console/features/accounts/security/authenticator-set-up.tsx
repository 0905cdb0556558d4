import { Button, Code, Group, Modal, Stack, Text } from '@mantine/core'
import { type SubmitEvent, useEffect, useRef, useState } from 'react'
import type { Answer } from '../../../api/client.ts'
import { useWrite } from '../../../api/write.ts'
import { useCommonWords } from '../../../ui/common-words.ts'
import { CopyText } from '../../../ui/copy-text.tsx'
import { CodeField, isWholeCode } from '../../../ui/proof/code-field.tsx'
import { QrCode } from '../../../ui/qr-code.tsx'
import { LoadingState, ProblemAlert } from '../../../ui/states.tsx'
import touch from '../../../ui/touch.module.css'
import { ShownCodes } from './shown-codes.tsx'
import { useSecurityWords } from './words.ts'

/** Scan or type the key, prove it by a code, keep the recovery codes. */
export function AuthenticatorSetUp({ onClose }: { readonly onClose: () => void }) {
  const t = useSecurityWords()
  const common = useCommonWords()
  const begin = useWrite('beginAuthenticator')
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const { mutate } = begin
  const isBegun = useRef(false)
  useEffect(() => {
    if (isBegun.current) return
    isBegun.current = true
    mutate({})
  }, [mutate])
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={codes === null}
      closeOnEscape={codes === null}
      closeOnClickOutside={false}
      title={t(codes === null ? 'app.setUp' : 'codes')}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <div className={touch['touch'] ?? ''}>
        {codes !== null ? (
          <ShownCodes codes={codes} onKept={onClose} />
        ) : begin.error ? (
          <Stack>
            <ProblemAlert problem={begin.error} />
            <Group>
              <Button onClick={() => mutate({})}>{common('retry')}</Button>
            </Group>
          </Stack>
        ) : begin.data ? (
          <Confirm
            begun={begin.data}
            onDone={(made) => (made.length > 0 ? setCodes(made) : onClose())}
            onAgain={() => mutate({})}
          />
        ) : (
          <LoadingState rows={6} />
        )}
      </div>
    </Modal>
  )
}

interface ConfirmProps {
  readonly begun: Answer<'beginAuthenticator'>
  readonly onDone: (codes: readonly string[]) => void
  readonly onAgain: () => void
}

function Confirm({ begun: { uri, secret }, onDone, onAgain }: ConfirmProps) {
  const t = useSecurityWords()
  const [code, setCode] = useState('')
  const confirm = useWrite('confirmAuthenticator')
  function give(whole: string) {
    if (!confirm.isPending)
      confirm.mutate({ body: { code: whole } }, { onSuccess: (made) => onDone(made.recoveryCodes ?? []) })
  }
  function submit(event: SubmitEvent) {
    event.preventDefault()
    give(code)
  }
  if (uri === undefined || secret === undefined)
    return (
      <Stack>
        <Text>{t('app.shownBefore')}</Text>
        <Group>
          <Button onClick={onAgain}>{t('app.newKey')}</Button>
        </Group>
      </Stack>
    )
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text>{t('app.scan')}</Text>
        <Group justify="center">
          <QrCode text={uri} label={t('app.qr')} />
        </Group>
        <Stack gap={4}>
          <Text size="sm">{t('app.type')}</Text>
          <Group gap="xs" wrap="nowrap">
            <Code style={{ overflowWrap: 'anywhere' }}>{grouped(secret)}</Code>
            <CopyText text={secret} label={t('app.copy')} />
          </Group>
        </Stack>
        <CodeField
          label={t('app.code')}
          value={code}
          onChange={setCode}
          onWhole={give}
          isWrong={confirm.error !== null && !confirm.isPending}
        />
        <ProblemAlert problem={confirm.error} />
        <Button type="submit" loading={confirm.isPending} disabled={!isWholeCode(code)}>
          {t('app.turnOn')}
        </Button>
      </Stack>
    </form>
  )
}

function grouped(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, '$1 ')
}
