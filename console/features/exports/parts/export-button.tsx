import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { type ReactNode, useRef } from 'react'
import { useExportWords } from './export-words.ts'

interface ExportButtonProps {
  readonly isBusy: boolean
  readonly children: ReactNode
}

/** The button with what can be exported behind it. */
export function ExportButton({ isBusy, children }: ExportButtonProps) {
  const t = useExportWords()
  const button = useRef<HTMLButtonElement>(null)
  return (
    <Menu position="bottom-end" returnFocus={false} onChange={(isOpen) => !isOpen && button.current?.focus()}>
      <Menu.Target>
        <Button
          ref={button}
          variant="default"
          loading={isBusy}
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          {t('export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  )
}
