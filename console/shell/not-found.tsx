import { Container } from '@mantine/core'
import { paths } from '../paths.ts'
import { useCommonWords } from '../ui/common-words.ts'
import { ScreenLink } from '../ui/link.tsx'
import { Page } from '../ui/page.tsx'
import { EmptyState } from '../ui/states.tsx'

/** An address that leads nowhere. */
export function NotFound() {
  const t = useCommonWords()
  return (
    <Container component="main" py="xl">
      <Page title={t('problem.notFound')}>
        <EmptyState title={t('problem.notFound')} text={t('problem.notFoundNext')}>
          <ScreenLink to={paths.start()}>{t('problem.home')}</ScreenLink>
        </EmptyState>
      </Page>
    </Container>
  )
}
