import { Button, Group, Stack, Table, Text, Title } from '@mantine/core'
import { useState } from 'react'
import type { Item } from '../../../api/client.ts'
import { useRead } from '../../../api/read.ts'
import { useCommonWords } from '../../../ui/common-words.ts'
import { useFormat } from '../../../ui/format.ts'
import { Await, LoadingState } from '../../../ui/states.tsx'
import { TableScroller } from '../../../ui/table-scroller.tsx'
import { ListDownload } from '../../exports/parts/list-download.tsx'
import { useHeldThing } from '../../handovers/parts/held-thing.ts'
import { useHoldingWords } from '../../handovers/parts/holding-words.ts'
import { HoldingName } from '../parts/holding-name.tsx'
import { usePersonPageWords } from './page-words.ts'

type Held = Item<'readHoldings'>

const pageSize = 100

/** HAN-1: everything that a person holds, in the order in which a handover comes to it, with what hangs on it. */
export function AllHoldings({ memberId }: { readonly memberId: string }) {
  const t = usePersonPageWords()
  const query = useRead('readHoldings', { params: { memberId } })
  return (
    <Stack gap="xs" component="section" aria-labelledby="holdings-heading">
      <Group justify="space-between">
        <Title order={2} size="h4" id="holdings-heading">
          {t('held.title')}
        </Title>
        <ListDownload kind="exportHoldings" params={{ memberId }} />
      </Group>
      <Await query={query} loading={<LoadingState rows={4} height={36} />}>
        {({ items }) => <Holdings items={items} />}
      </Await>
    </Stack>
  )
}

function Holdings({ items }: { readonly items: readonly Held[] }) {
  const t = usePersonPageWords()
  const kinds = useHoldingWords()
  const common = useCommonWords()
  const format = useFormat()
  const [count, setCount] = useState(pageSize)
  if (items.length === 0) return <Text>{t('held.none')}</Text>
  return (
    <>
      <TableScroller label={t('held.title')} minWidth={560}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('held.what')}</Table.Th>
              <Table.Th>{t('held.kind')}</Table.Th>
              <Table.Th>{t('held.since')}</Table.Th>
              <Table.Th>{t('held.depends')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {items.slice(0, count).map((holding) => (
              <Table.Tr key={holding.kind + holding.id}>
                <Table.Td>
                  <Name holding={holding} />
                </Table.Td>
                <Table.Td>{kinds(`kind.${holding.kind}`)}</Table.Td>
                <Table.Td>{holding.since === null ? '–' : format.date(holding.since)}</Table.Td>
                <Table.Td>{holding.dependents.map(({ label }) => label).join(', ') || '–'}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </TableScroller>
      {items.length > count && (
        <Button variant="subtle" onClick={() => setCount((shown) => shown + pageSize)}>
          {common('showMore')}
        </Button>
      )}
    </>
  )
}

const linked: readonly Held['kind'][] = ['number', 'department_lead', 'loan_return']

function Name({ holding }: { readonly holding: Held }) {
  const thing = useHeldThing()
  return linked.includes(holding.kind) ? <HoldingName holding={holding} /> : thing(holding)
}
