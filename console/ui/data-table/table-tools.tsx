import { Group } from '@mantine/core'
import { ColumnsMenu } from './columns-menu.tsx'
import type { TableToolsProps } from './model.ts'
import { ViewsMenu } from './views-menu.tsx'

/** What belongs to a table's corner: saved views, columns, density. */
export function TableTools<Row>(props: TableToolsProps<Row>) {
  return (
    <Group gap="xs">
      {props.storageKey !== undefined && <ViewsMenu storageKey={props.storageKey} />}
      <ColumnsMenu {...props} />
    </Group>
  )
}
