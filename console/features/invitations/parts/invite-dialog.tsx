import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { type ReactNode, type SubmitEvent, useState } from 'react'
import type { Answer, Input } from '../../../api/client.ts'
import { useWrite } from '../../../api/write.ts'
import { useCommonWords } from '../../../ui/common-words.ts'
import { usePreferences } from '../../../ui/preferences.ts'
import { ProblemAlert } from '../../../ui/states.tsx'
import { useInvitationWords } from '../words.ts'
import { AddressField, LanguageField, WayField } from './invite-fields.tsx'
import { addressOf, likeliestWay, type Wish } from './invite-wish.ts'
import type { InvitedPerson } from './invited-person.ts'
import { LinkedNumbers } from './linked-numbers.tsx'
import { MadeLink } from './made-link.tsx'

type NewInvitation = NonNullable<Input<'createInvitation'>['body']>

export interface InviteDialogProps {
  readonly person: InvitedPerson
  readonly ways: Pick<Answer<'readSignInWays'>, 'email' | 'phone'>
  readonly onClose: () => void
}

/** Invites somebody to join with an own account: by e-mail, by text message, or by a link to hand over. */
export function InviteDialog({ person, ways, onClose }: InviteDialogProps) {
  const t = useInvitationWords()
  const common = useCommonWords()
  const create = useWrite('createInvitation')
  const made = create.data
  // A repeated request is answered without its link.
  const isLost = made !== undefined && !made.isSent && !made.path
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('invite.title', { name: person.name })}
      closeButtonProps={{ 'aria-label': common('close') }}
      closeOnClickOutside={!made?.path}
      closeOnEscape={!made?.path}
      size="lg"
    >
      {made && !isLost ? (
        <Stack>
          <LinkedNumbers name={person.name} numberIds={made.numbersStillLinked} />
          <MadeLink invitation={made} path={made.path ?? null} onClose={onClose} />
        </Stack>
      ) : (
        <InviteForm
          person={person}
          ways={ways}
          onClose={onClose}
          isBusy={create.isPending}
          onInvite={(body) => create.mutate({ body })}
        >
          {isLost && <Text role="alert">{t('invite.lost')}</Text>}
          <ProblemAlert problem={create.error} />
        </InviteForm>
      )}
    </Modal>
  )
}

interface FormProps extends InviteDialogProps {
  readonly isBusy: boolean
  readonly onInvite: (body: NewInvitation) => void
  readonly children: ReactNode
}

function InviteForm({ person, ways, onClose, isBusy, onInvite, children }: FormProps) {
  const t = useInvitationWords()
  const common = useCommonWords()
  const { language } = usePreferences()
  const [wish, setWish] = useState<Wish>({
    way: likeliestWay(person, ways),
    email: person.email ?? '',
    phone: person.mobile ?? '',
    language: language === 'en' ? 'en' : 'zh',
  })
  const fields = { wish, onChange: (part: Partial<Wish>) => setWish((before) => ({ ...before, ...part })) }
  function submit(event: SubmitEvent) {
    event.preventDefault()
    onInvite({ memberId: person.memberId, to: addressOf(wish), language: wish.language })
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text>{t('invite.text', { name: person.name })}</Text>
        <WayField {...fields} ways={ways} />
        <AddressField {...fields} />
        {wish.way !== 'link' && <LanguageField {...fields} />}
        {children}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" loading={isBusy}>
            {t('invite.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
