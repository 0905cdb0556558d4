import { Stack } from '@mantine/core'
import { useRead } from '../../api/read.ts'
import { Await } from '../../ui/states.tsx'
import { AccountFrame } from './security/frame.tsx'
import { Identifiers } from './security/identifiers.tsx'
import { OpenMatters } from './security/open-matters.tsx'
import { OwnPassword } from './security/password.tsx'
import { SecondFactors } from './security/second-factors.tsx'
import { SecurityCenter } from './security/security-center.tsx'
import { Sessions } from './security/sessions.tsx'
import { useSecurityWords } from './security/words.ts'

/** What opens the own account and what confirms who one is; it is the person's, whatever company they work in (ACC-1). */
export function AccountSecurity() {
  const t = useSecurityWords()
  const account = useRead('readAccount', {})
  return (
    <AccountFrame title={t('title')} text={t('text')}>
      <Await query={account}>
        {(own) => (
          <Stack gap="lg">
            <OpenMatters account={own} />
            <Identifiers account={own} />
            <OwnPassword account={own} />
            <SecondFactors isFrozen={own.isFrozen} />
            <Sessions />
            <SecurityCenter />
          </Stack>
        )}
      </Await>
    </AccountFrame>
  )
}
