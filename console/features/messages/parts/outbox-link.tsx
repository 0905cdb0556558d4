import { Text } from '@mantine/core'
import { useRead } from '../../../api/read.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { ScreenLink } from '../../../ui/link.tsx'
import { useMessageWords } from '../words.ts'

/** The way to the outbox, for an Owner and only on a machine that has one. */
export function OutboxLink() {
  const t = useMessageWords()
  const { slug, company } = useSession()
  const isOwner = company.role === 'owner'
  const outbox = useRead('listOutbox', { query: { limit: 1 } }, { enabled: isOwner })
  if (!outbox.data) return null
  return (
    <Text size="sm">
      <ScreenLink to={paths.outbox(slug)}>{t('link')}</ScreenLink> — {t('linkText')}
    </Text>
  )
}
