import { Stack, Text } from '@mantine/core'
import { useId } from 'react'
import { useRead } from '../../api/read.ts'
import { Await, EmptyState } from '../../ui/states.tsx'
import { BoundBefore } from './changes/bound-before.tsx'
import { ChangesLately } from './changes/changes-lately.tsx'
import { useChangeWords } from './changes/words.ts'
import { AccountFrame } from './security/frame.tsx'
import type { Account } from './security/names.ts'
import { OpenMatters } from './security/open-matters.tsx'
import { useSecurityWords } from './security/words.ts'

/** What is changing in the own account, what changed, and the history of what was bound to it (ACC-6, ACC-9). */
export function AccountChanges() {
  const t = useChangeWords()
  const security = useSecurityWords()
  const account = useRead('readAccount', {}, { staleMs: 0 })
  return (
    <AccountFrame title={t('title')} text={t('text')} under={[security('center'), t('title')]}>
      <Stack gap="lg">
        <Await query={account}>{(own) => <UnderWay account={own} />}</Await>
        <ChangesLately />
        <BoundBefore />
      </Stack>
    </AccountFrame>
  )
}

function UnderWay({ account }: { readonly account: Account }) {
  const t = useChangeWords()
  const heading = useId()
  const phones = useRead('listMobileChanges', {})
  return (
    <Stack gap="sm" component="section" aria-labelledby={heading}>
      <Text component="h2" fw={600} size="lg" m={0} id={heading}>
        {t('underWay')}
      </Text>
      <Await query={phones}>
        {({ items, claims }) =>
          items.length + claims.length === 0 && isQuiet(account) ? (
            <EmptyState title={t('underWay.none')} text={t('underWay.noneText')} />
          ) : (
            <OpenMatters account={account} />
          )
        }
      </Await>
    </Stack>
  )
}

function isQuiet({ deletion, deletionRequests, openChanges }: Account): boolean {
  return deletion === null && deletionRequests === 0 && !openChanges.some(({ state }) => state === 'objected')
}
