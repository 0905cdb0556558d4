import { Box, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { CopyText } from '../../../ui/copy-text.tsx'
import { useFormat } from '../../../ui/format.ts'
import { QrCode } from '../../../ui/qr-code.tsx'
import { useInvitationWords } from '../words.ts'
import type { SentInvitation } from './invited-person.ts'

interface MadeProps {
  readonly invitation: SentInvitation
  /** Null where Baton sends it. */
  readonly path: string | null
  readonly onClose: () => void
}

/** An invitation that was just made: that it is on its way, or the link to hand over; shown once. */
export function MadeLink({ invitation, path, onClose }: MadeProps) {
  const t = useInvitationWords()
  const format = useFormat()
  const { memberName: name, to, expiresAt } = invitation
  const time = format.dateTime(expiresAt)
  return (
    <Stack role="status">
      {path === null ? (
        <Text>{t('made.sent', { name, to: to?.masked ?? '', time })}</Text>
      ) : (
        <>
          <Text>{t('made.link', { name, time })}</Text>
          <LinkToHandOver address={new URL(path, window.location.origin).href} />
        </>
      )}
      <Group justify="flex-end">
        {/* The button that was pressed is gone. */}
        <Button onClick={onClose} ref={focusOnce}>
          {t('made.close')}
        </Button>
      </Group>
    </Stack>
  )
}

function LinkToHandOver({ address }: { readonly address: string }) {
  const t = useInvitationWords()
  return (
    <Stack>
      <TextInput
        label={t('made.field')}
        readOnly
        value={address}
        onFocus={(event) => event.currentTarget.select()}
        rightSection={<CopyText text={address} label={t('made.copy')} />}
        rightSectionWidth={36}
      />
      <Box ta="center">
        <QrCode text={address} label={t('made.qr')} />
      </Box>
    </Stack>
  )
}

function focusOnce(button: HTMLButtonElement | null): void {
  button?.focus()
}
