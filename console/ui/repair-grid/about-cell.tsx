import { Button, Group, Stack, Text } from '@mantine/core'
import { useBlockWords } from '../block-words.ts'
import { useFormat } from '../format.ts'
import { FaultIcon } from './grid-line.tsx'
import { cellAt, type Fault, type GridColumn, type GridRow, type RepairGridProps } from './model.ts'
import classes from './repair-grid.module.css'

interface AboutProps extends Pick<RepairGridProps, 'onEdit' | 'onLeaveOut'> {
  readonly row: GridRow
  readonly column: GridColumn | undefined
  readonly onNext: () => void
}

/** What is wrong with the cell that has the focus and with its row, and what can be done. */
export function AboutCell({ row, column, onEdit, onLeaveOut, onNext }: AboutProps) {
  const t = useBlockWords()
  const cell = cellAt(row, column)
  const suggestion = cell.faults.find((fault) => fault.suggestion !== null)?.suggestion
  return (
    <section className={classes['about']} aria-label={t('grid.about')}>
      <Group justify="space-between" align="flex-start" gap="xs">
        <Stack gap={4} style={{ flex: '1 1 18rem', minWidth: 0 }}>
          <Text size="sm" fw={600}>
            {t('grid.cell', { row: row.label, column: column?.header ?? '' })}
          </Text>
          {cell.text !== '' && (
            <Text size="sm" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
              {cell.text}
            </Text>
          )}
          {[...cell.faults, ...row.faults].map((fault) => (
            <Reason key={`${fault.title}${fault.next}`} fault={fault} />
          ))}
          {cell.faults.length + row.faults.length === 0 && (
            <Text size="sm">{row.isLeftOut ? t('grid.leftOut') : t('grid.fine')}</Text>
          )}
        </Stack>
        <Group gap="xs">
          {onEdit && column && suggestion !== undefined && suggestion !== null && (
            <Button
              size="xs"
              onClick={() => onEdit({ rowKey: row.key, columnKey: column.key, text: suggestion })}
            >
              {t('grid.use', { text: suggestion })}
            </Button>
          )}
          {onLeaveOut && (
            <Button size="xs" variant="default" onClick={() => onLeaveOut(row.key, !row.isLeftOut)}>
              {row.isLeftOut ? t('grid.takeIn') : t('grid.leaveOut')}
            </Button>
          )}
          <Button size="xs" variant="default" onClick={onNext}>
            {t('grid.next')}
          </Button>
        </Group>
      </Group>
    </section>
  )
}

function Reason({ fault }: { readonly fault: Fault }) {
  const format = useFormat()
  return (
    <Group gap={6} wrap="nowrap" align="flex-start">
      <FaultIcon faults={[fault]} />
      <Text size="sm">{format.sentences(fault.title, fault.next)}</Text>
    </Group>
  )
}
