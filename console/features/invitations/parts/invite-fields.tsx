import { NativeSelect, Radio, Stack, TextInput } from '@mantine/core'
import { languageNames } from '../../../ui/language-switch.tsx'
import { useInvitationWords } from '../words.ts'
import type { InviteWay, SendingWays, Wish } from './invite-wish.ts'

interface FieldProps {
  readonly wish: Wish
  readonly onChange: (part: Partial<Wish>) => void
}

const inviteWays: readonly InviteWay[] = ['email', 'phone', 'link']

/** How the invitation gets there; what this Baton cannot send is off and says so. */
export function WayField({ wish, onChange, ways }: FieldProps & { readonly ways: SendingWays }) {
  const t = useInvitationWords()
  const off = {
    email: ways.email ? null : t('invite.noEmail'),
    phone: ways.phone ? null : t('invite.noPhone'),
  }
  return (
    <Radio.Group
      label={t('invite.way')}
      value={wish.way}
      onChange={(value) => onChange({ way: inviteWays.find((way) => way === value) ?? 'link' })}
    >
      <Stack gap="xs" mt="xs">
        <Radio
          value="email"
          label={t('invite.way.email')}
          disabled={off.email !== null}
          description={off.email}
        />
        <Radio
          value="phone"
          label={t('invite.way.phone')}
          disabled={off.phone !== null}
          description={off.phone}
        />
        <Radio value="link" label={t('invite.way.link')} description={t('invite.way.linkText')} />
      </Stack>
    </Radio.Group>
  )
}

/** The address for the way that is chosen. */
export function AddressField({ wish, onChange }: FieldProps) {
  const t = useInvitationWords()
  if (wish.way === 'link') return null
  const shared = { description: t('invite.other'), required: true, withAsterisk: false }
  return wish.way === 'email' ? (
    <TextInput
      {...shared}
      label={t('invite.email')}
      type="email"
      value={wish.email}
      onChange={(event) => onChange({ email: event.currentTarget.value })}
    />
  ) : (
    <TextInput
      {...shared}
      label={t('invite.phone')}
      type="tel"
      value={wish.phone}
      onChange={(event) => onChange({ phone: event.currentTarget.value })}
    />
  )
}

/** In which language the message is written. */
export function LanguageField({ wish, onChange }: FieldProps) {
  const t = useInvitationWords()
  return (
    <NativeSelect
      label={t('invite.language')}
      value={wish.language}
      data={[
        { value: 'zh', label: languageNames['zh-CN'] },
        { value: 'en', label: languageNames.en },
      ]}
      onChange={({ currentTarget }) => onChange({ language: currentTarget.value === 'en' ? 'en' : 'zh' })}
    />
  )
}
