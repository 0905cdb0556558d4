import { Button } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { useImportButtonWords } from './button-words.ts'

/** The way from a list to importing into it; nothing for those who may not. */
export function ImportButton() {
  const t = useImportButtonWords()
  const { slug, can } = useSession()
  if (!can('imports:write')) return null
  return (
    <Button
      component={Link}
      to={paths.newImport(slug)}
      variant="default"
      leftSection={<IconFileUpload size={16} aria-hidden />}
    >
      {t('open')}
    </Button>
  )
}
