import { ActionIcon, Button, Checkbox, Divider, Group, Popover, Stack, Switch } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconColumns } from '@tabler/icons-react'
import { useState } from 'react'
import { useBlockWords } from '../block-words.ts'
import type { Column, TableLayout, TableToolsProps } from './model.ts'
import { moved, shownColumns } from './shown-columns.ts'

/** Which columns are shown, in which order, and how close the rows stand. */
export function ColumnsMenu<Row>({ columns, layout }: TableToolsProps<Row>) {
  const t = useBlockWords()
  const [isOpen, setOpen] = useState(false)
  const shown = shownColumns(columns, layout.columns)
  const listed = [
    ...shown.flatMap((id) => columns.find((column) => column.id === id) ?? []),
    ...columns.filter(({ id }) => !shown.includes(id)),
  ]
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-end"
      trapFocus
      returnFocus
      width="min(20rem, 92vw)"
    >
      <Popover.Target>
        <Button
          variant="default"
          size="sm"
          leftSection={<IconColumns size={16} aria-hidden />}
          onClick={() => setOpen(!isOpen)}
        >
          {t('table.columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('table.tools')}>
        <Stack gap={4}>
          {listed.map((column) => (
            <ColumnLine
              key={column.id}
              column={column}
              isFirst={column === columns[0]}
              shown={shown}
              layout={layout}
            />
          ))}
          {layout.columns.length > 0 && (
            <Button variant="subtle" size="compact-sm" onClick={() => layout.showColumns([])}>
              {t('table.resetColumns')}
            </Button>
          )}
          <Divider my={4} />
          <Switch
            label={t('table.dense')}
            checked={layout.isDense}
            onChange={(event) => layout.setDense(event.currentTarget.checked)}
          />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

function ColumnLine<Row>(line: {
  readonly column: Column<Row>
  readonly isFirst: boolean
  readonly shown: readonly string[]
  readonly layout: TableLayout
}) {
  const { column, isFirst, shown, layout } = line
  const t = useBlockWords()
  const place = shown.indexOf(column.id)
  return (
    <Group gap={4} wrap="nowrap" mih={32}>
      <Checkbox
        label={column.header}
        checked={place >= 0}
        disabled={isFirst || column.isHideable === false}
        onChange={(event) =>
          layout.showColumns(
            event.currentTarget.checked ? [...shown, column.id] : shown.filter((id) => id !== column.id),
          )
        }
        style={{ flex: 1 }}
      />
      {place > 0 && (
        <>
          <MoveButton
            label={t('table.moveUp', { column: column.header })}
            isOff={place === 1}
            onMove={() => layout.showColumns(moved(shown, column.id, -1))}
          >
            <IconArrowUp size={16} aria-hidden />
          </MoveButton>
          <MoveButton
            label={t('table.moveDown', { column: column.header })}
            isOff={place === shown.length - 1}
            onMove={() => layout.showColumns(moved(shown, column.id, 1))}
          >
            <IconArrowDown size={16} aria-hidden />
          </MoveButton>
        </>
      )}
    </Group>
  )
}

// Off by `data-disabled`, so that the button keeps the focus when the column reaches the end.
function MoveButton(button: {
  readonly label: string
  readonly isOff: boolean
  readonly onMove: () => void
  readonly children: React.ReactNode
}) {
  return (
    <ActionIcon
      variant="subtle"
      size={28}
      aria-label={button.label}
      aria-disabled={button.isOff}
      data-disabled={button.isOff || undefined}
      onClick={() => {
        if (!button.isOff) button.onMove()
      }}
    >
      {button.children}
    </ActionIcon>
  )
}
