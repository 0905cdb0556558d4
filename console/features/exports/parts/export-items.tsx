import { Menu } from '@mantine/core'
import { useExportWords } from './export-words.ts'
import { formats } from './use-export.ts'

interface ExportItemsProps {
  /** What is in the file. */
  readonly label: string
  readonly onChoose: (format: (typeof formats)[number]) => void
}

/** The forms of one file, in a menu. */
export function ExportItems({ label, onChoose }: ExportItemsProps) {
  const t = useExportWords()
  return (
    <>
      <Menu.Label>{label}</Menu.Label>
      {formats.map((format) => (
        <Menu.Item key={format} onClick={() => onChoose(format)}>
          {t(format)}
        </Menu.Item>
      ))}
    </>
  )
}
