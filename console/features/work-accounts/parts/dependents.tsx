import { Card, Group, Stack, Text, Title } from '@mantine/core'
import { useId } from 'react'
import { useRead } from '../../../api/read.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { useFormat } from '../../../ui/format.ts'
import { ScreenLink } from '../../../ui/link.tsx'
import { ProblemAlert } from '../../../ui/states.tsx'
import { useWorkAccountWords } from '../words.ts'

/** What signs in or is verified with a number (WRK-4). */
export function NumberDependents({ numberId }: { readonly numberId: string }) {
  const t = useWorkAccountWords()
  const format = useFormat()
  const heading = useId()
  const { slug, can } = useSession()
  const query = useRead('listNumberDependents', { params: { numberId } })
  const dependents = query.data?.dependents ?? []
  const seesAll = can('requests:read')
  return (
    <Card withBorder component="section" aria-labelledby={heading}>
      <Stack gap="xs">
        <Title order={2} size="h4" id={heading}>
          {t('dependents')}
        </Title>
        <ProblemAlert problem={query.error} />
        {query.data && (
          <Text size="sm">{t(dependents.length > 0 ? 'dependents.text' : 'dependents.none')}</Text>
        )}
        <Stack component="ul" gap={6} m={0} p={0} style={{ listStyle: 'none' }}>
          {dependents.map(({ id, kind, label, use, since }) => (
            <Group key={id} component="li" gap="xs">
              {kind === 'work_account' && seesAll ? (
                <ScreenLink to={paths.workAccount(slug, id)}>{label}</ScreenLink>
              ) : (
                <Text span>{label}</Text>
              )}
              <Text size="sm">
                {[use && t(`use.${use}`), since && t('dependents.since', { date: format.date(since) })]
                  .filter(Boolean)
                  .join(' · ')}
              </Text>
            </Group>
          ))}
        </Stack>
        {can('work-accounts:write') && (
          <ScreenLink to={paths.systems(slug)} search={{ add: 'account', number: numberId }} size="sm">
            {t('dependents.add')}
          </ScreenLink>
        )}
      </Stack>
    </Card>
  )
}
