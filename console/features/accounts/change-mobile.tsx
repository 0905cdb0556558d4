import { Stack } from '@mantine/core'
import { useRead } from '../../api/read.ts'
import { Await } from '../../ui/states.tsx'
import { Wizard } from './change-mobile/wizard.tsx'
import { useChangeMobileWords } from './change-mobile/words.ts'
import { AccountFrame } from './security/frame.tsx'
import { VendorLabel } from './security/vendor-label.tsx'
import { useSecurityWords } from './security/words.ts'

/** ACC-5, ACC-6: a phone comes to the own account, from an earlier one where it has to. */
export function ChangeMobile() {
  const t = useChangeMobileWords()
  const security = useSecurityWords()
  const account = useRead('readAccount', {})
  const changes = useRead('listMobileChanges', {}, { staleMs: 0 })
  return (
    <AccountFrame title={t('title')} text={t('text')} under={[security('mobile'), t('title')]}>
      <Stack gap="md">
        <VendorLabel label={security('vendor.mobile')} />
        <Await query={account}>
          {(own) => <Await query={changes}>{({ items }) => <Wizard account={own} changes={items} />}</Await>}
        </Await>
      </Stack>
    </AccountFrame>
  )
}
