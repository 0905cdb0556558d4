import { List, Stack, Text } from '@mantine/core'
import type { Answer } from '../../../api/client.ts'
import { paths } from '../../../paths.ts'
import { useFormat } from '../../../ui/format.ts'
import { ScreenLink } from '../../../ui/link.tsx'
import { usePhone } from '../../../ui/phone.tsx'
import { readable } from '../../../ui/readable.ts'
import { useDeleteAccountWords } from './words.ts'

interface ConditionsProps {
  readonly conditions: Answer<'readDeletion'>['conditions']
}

/** What stands in the way, each with its way out. */
export function Conditions({ conditions }: ConditionsProps) {
  const t = useDeleteAccountWords()
  const f = useFormat()
  const phone = usePhone()
  if (conditions.length === 0) return <Text>{t('conditions.none')}</Text>
  return (
    <Stack gap="sm">
      <Text>{t('conditions.some', { count: conditions.length })}</Text>
      <List spacing="sm" withPadding>
        {conditions.map(({ code, title, next, company }) => (
          <List.Item key={`${code} ${company?.companyId}`}>
            <Text fw={600}>{readable(title, f, phone)}</Text>
            <Text size="sm">{readable(next, f, phone)}</Text>
            {company && (
              <ScreenLink to={paths.people(company.slug)} size="sm">
                {t('conditions.open', { company: company.name })}
              </ScreenLink>
            )}
          </List.Item>
        ))}
      </List>
    </Stack>
  )
}
