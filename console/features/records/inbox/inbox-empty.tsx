import { Button } from '@mantine/core'
import { EmptyState } from '../../../ui/states.tsx'
import { useRecordWords } from '../words.ts'
import type { Inbox } from './use-inbox.ts'

/** Nothing in the inbox: because nothing came, nobody waits, or nothing fits. */
export function InboxEmpty({ inbox: { view, setView, isSearch } }: { readonly inbox: Inbox }) {
  const t = useRecordWords()
  const clear = (
    <Button variant="default" onClick={() => setView({ find: '', recordKind: '', unanswered: false })}>
      {t('inbox.clear')}
    </Button>
  )
  if (isSearch)
    return (
      <EmptyState title={t('inbox.noneFound')} text={t('inbox.noneFoundText')}>
        {clear}
      </EmptyState>
    )
  if (view.unanswered)
    return (
      <EmptyState title={t('inbox.noneOpen')} text={t('inbox.noneOpenText')}>
        {clear}
      </EmptyState>
    )
  return <EmptyState title={t('inbox.empty')} text={t('inbox.emptyText')} />
}
