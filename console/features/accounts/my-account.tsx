import { Group, Stack } from '@mantine/core'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { ScreenLink } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { Destination } from './my-account/destination.tsx'
import { Display } from './my-account/display.tsx'
import { Notices } from './my-account/notices.tsx'
import { Profile } from './my-account/profile.tsx'
import { Section } from './my-account/section.tsx'
import { useMyAccountWords } from './my-account/words.ts'

/** Who one is here, what one was told, and how Baton reaches and shows itself to one. */
export function MyAccount() {
  const t = useMyAccountWords()
  const { me, memberId } = useSession()
  return (
    <Page title={t('title')}>
      <Stack gap="lg" maw={760}>
        {memberId !== null && <Notices />}
        {memberId !== null && <Destination memberId={memberId} />}
        <Profile />
        {me.account !== null && <Security />}
        <Display />
      </Stack>
    </Page>
  )
}

function Security() {
  const t = useMyAccountWords()
  return (
    <Section title={t('security')} text={t('security.text')}>
      <Group>
        <ScreenLink to={paths.account()}>{t('security.open')}</ScreenLink>
      </Group>
    </Section>
  )
}
