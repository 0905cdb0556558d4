import { Button } from '@mantine/core'
import { EmptyState } from '../ui/states.tsx'
import { useShellWords } from './words.ts'

/** A screen that broke: the frame around it stays, and the way out is to load it anew. */
export function ScreenFault({ error }: { readonly error: unknown }) {
  const t = useShellWords()
  return (
    <EmptyState
      title={t('fault.title')}
      text={t('fault.text', { error: error instanceof Error ? error.message : String(error) })}
    >
      <Button onClick={() => window.location.reload()}>{t('fault.reload')}</Button>
    </EmptyState>
  )
}
