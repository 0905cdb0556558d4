import { Table } from '@mantine/core'
import { useBlockWords } from '../block-words.ts'
import { useFormat } from '../format.ts'
import { TableScroller } from '../table-scroller.tsx'
import type { BandsProps } from './model.ts'

/** The same stretches as a table, oldest first, with the moments among them. */
export function BandsTable({ label, lanes, marks = [] }: BandsProps) {
  const t = useBlockWords()
  const format = useFormat()
  const hasLanes = lanes.length > 1
  return (
    <TableScroller minWidth={hasLanes ? 480 : 320} label={label}>
      <Table aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            {hasLanes && <Table.Th scope="col">{t('bands.lane')}</Table.Th>}
            <Table.Th scope="col">{t('bands.what')}</Table.Th>
            <Table.Th scope="col">{t('bands.from')}</Table.Th>
            <Table.Th scope="col">{t('bands.to')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lanes.flatMap((lane) =>
            lane.stretches.map((stretch) => (
              <Table.Tr key={`${lane.key} ${stretch.key}`}>
                {hasLanes && <Table.Td>{lane.label}</Table.Td>}
                <Table.Td>
                  {stretch.label}
                  {stretch.detail !== undefined && <div>{stretch.detail}</div>}
                </Table.Td>
                <Table.Td>{format.dateTime(stretch.from)}</Table.Td>
                <Table.Td>{stretch.to === null ? t('bands.present') : format.dateTime(stretch.to)}</Table.Td>
              </Table.Tr>
            )),
          )}
          {marks.map((mark) => (
            <Table.Tr key={mark.at + mark.label}>
              {hasLanes && <Table.Td />}
              <Table.Td>{mark.label}</Table.Td>
              <Table.Td>{format.dateTime(mark.at)}</Table.Td>
              <Table.Td />
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </TableScroller>
  )
}
