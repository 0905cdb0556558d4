import { Button, Modal, Text } from '@mantine/core'
import { useState } from 'react'
import type { Answer } from '../../../api/client.ts'
import { useWrite } from '../../../api/write.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { useFormat } from '../../../ui/format.ts'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import touch from '../../../ui/touch.module.css'
import { Section } from '../my-account/section.tsx'
import { ShownCodes } from './shown-codes.tsx'
import { useSecurityWords } from './words.ts'

interface RecoveryCodesProps {
  readonly codes: NonNullable<Answer<'listFactors'>['recoveryCodes']>
  readonly isFrozen: boolean
}

/** How many recovery codes are left, and new ones. */
export function RecoveryCodes({ codes, isFrozen }: RecoveryCodesProps) {
  const t = useSecurityWords()
  const f = useFormat()
  const [isAsking, setAsking] = useState(false)
  const [shown, setShown] = useState<readonly string[] | null>(null)
  const make = useWrite('makeRecoveryCodes')
  function renew() {
    make.mutate(
      {},
      {
        onSuccess: ({ recoveryCodes }) => {
          setAsking(false)
          setShown(recoveryCodes ?? null)
        },
      },
    )
  }
  return (
    <Section
      title={t('codes')}
      text={t('codes.text')}
      actions={
        <Button variant="default" disabled={isFrozen} onClick={() => setAsking(true)}>
          {t('codes.renew')}
        </Button>
      }
    >
      <Text>
        {t('codes.left', { count: codes.left })}{' '}
        <Text span size="sm" c="dimmed">
          {t('codes.made', { time: f.date(codes.madeAt) })}
        </Text>
      </Text>
      {codes.isLow && <StatusBadge kind="wait">{t('codes.low')}</StatusBadge>}
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('codes.renew')}
        action={t('codes.renewDo')}
        isBusy={make.isPending}
        problem={make.error}
        onConfirm={renew}
      >
        {t('codes.renewText')}
      </ConfirmDialog>
      {shown !== null && (
        <Modal
          opened
          onClose={() => setShown(null)}
          withCloseButton={false}
          closeOnEscape={false}
          closeOnClickOutside={false}
          title={t('codes')}
        >
          <div className={touch['touch'] ?? ''}>
            <ShownCodes codes={shown} onKept={() => setShown(null)} />
          </div>
        </Modal>
      )}
    </Section>
  )
}
