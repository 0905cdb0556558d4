import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import type { Answer } from '../../../api/client.ts'
import { useWrite } from '../../../api/write.ts'
import { useCommonWords } from '../../../ui/common-words.ts'
import { CopyText } from '../../../ui/copy-text.tsx'
import { useFormat } from '../../../ui/format.ts'
import { ProblemAlert } from '../../../ui/states.tsx'
import { usePeopleWords } from '../words.ts'
import type { MemberDialogProps } from './leaving-dialogs.tsx'

/** Makes the address by which somebody signs in for the first time; it is shown once, here. */
export function SignInLink({ member, onClose }: MemberDialogProps) {
  const t = usePeopleWords()
  const common = useCommonWords()
  const create = useWrite('createSignInLink')
  const { memberId, name, email } = member
  const path = create.data?.path
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('link.title', { name })}
      closeButtonProps={{ 'aria-label': common('close') }}
      closeOnClickOutside={!path}
      closeOnEscape={!path}
      size="lg"
    >
      {create.data && path ? (
        <Made link={create.data} path={path} name={name} onClose={onClose} />
      ) : (
        <Stack>
          <Text>{t('link.text', { name, email: email ?? '' })}</Text>
          {create.data && <Text role="alert">{t('link.lost')}</Text>}
          <ProblemAlert problem={create.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common('cancel')}
            </Button>
            <Button
              data-autofocus
              loading={create.isPending}
              onClick={() => create.mutate({ params: { memberId } })}
            >
              {t('link.create')}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}

interface MadeProps {
  readonly link: Answer<'createSignInLink'>
  readonly path: string
  readonly name: string
  readonly onClose: () => void
}

function Made({ link, path, name, onClose }: MadeProps) {
  const t = usePeopleWords()
  const format = useFormat()
  const address = new URL(path, window.location.origin).href
  return (
    <Stack role="status">
      <Text>{t('link.made', { name, time: format.dateTime(link.expiresAt) })}</Text>
      <TextInput
        label={t('link.field')}
        readOnly
        value={address}
        onFocus={(event) => event.currentTarget.select()}
        rightSection={<CopyText text={address} label={t('link.copy')} />}
        rightSectionWidth={36}
        ref={focusOnce}
      />
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('link.close')}</Button>
      </Group>
    </Stack>
  )
}

// The button that was pressed is gone.
function focusOnce(input: HTMLInputElement | null): void {
  input?.focus()
}
