import { Alert, Button, Card, Group, Stack, Text, Title } from '@mantine/core'
import { IconLinkOff } from '@tabler/icons-react'
import { lazy, Suspense, useId } from 'react'
import type { Answer } from '../../../api/client.ts'
import { useRead } from '../../../api/read.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { useFormat } from '../../../ui/format.ts'
import { ScreenLink } from '../../../ui/link.tsx'
import { useSearchState } from '../../../ui/search-state.ts'
import { ProblemAlert } from '../../../ui/states.tsx'
import { useTakeoverWords } from '../words.ts'
import { ChosenSolution } from './chosen-solution.tsx'

const ChooserDialog = lazy(() =>
  import('./chooser-dialog.tsx').then((module) => ({ default: module.ChooserDialog })),
)

type Bindings = Answer<'listBindings'>
type Binding = Bindings['bindings'][number]

interface NumberBindingsProps {
  readonly numberId: string
  /** In E.164. */
  readonly e164: string
}

/** What signs in or is verified with a number, and how it gets free of an earlier account (WRK-4, ACC-11). */
export function NumberBindings({ numberId, e164 }: NumberBindingsProps) {
  const t = useTakeoverWords()
  const heading = useId()
  const { slug, can } = useSession()
  const [search, setSearch] = useSearchState({ rebind: '' })
  const query = useRead('listBindings', { params: { numberId } })
  const chosen = useRead('readRebinding', { params: { numberId } })
  const rebinding = chosen.data?.rebinding ?? null
  const mayChoose = can('numbers:write')
  return (
    <Card withBorder component="section" aria-labelledby={heading}>
      <Stack gap="xs">
        <Title order={2} size="h4" id={heading}>
          {t('title')}
        </Title>
        <ProblemAlert problem={query.error} />
        {query.data && <List found={query.data} />}
        {rebinding && <ChosenSolution rebinding={rebinding} e164={e164} />}
        <Group gap="md">
          {mayChoose && (query.data?.isStillLinked || rebinding?.state === 'open') && (
            <Button
              variant="default"
              leftSection={<IconLinkOff size={18} aria-hidden />}
              onClick={() => setSearch({ rebind: '1' })}
            >
              {t(rebinding?.state === 'open' ? 'chooseAgain' : 'choose')}
            </Button>
          )}
          {can('work-accounts:write') && (
            <ScreenLink to={paths.systems(slug)} search={{ add: 'account', number: numberId }} size="sm">
              {t('add')}
            </ScreenLink>
          )}
        </Group>
      </Stack>
      {mayChoose && search.rebind && (
        <Suspense fallback={null}>
          <ChooserDialog
            numberId={numberId}
            e164={e164}
            onClose={() => setSearch({ rebind: '' }, { replace: true })}
          />
        </Suspense>
      )}
    </Card>
  )
}

function List({ found }: { readonly found: Bindings }) {
  const t = useTakeoverWords()
  const { bindings, isStillLinked } = found
  return (
    <>
      <Text size="sm">{t(bindings.length > 0 ? 'text' : 'none')}</Text>
      {isStillLinked && (
        <Alert variant="outline" icon={<IconLinkOff aria-hidden />}>
          {t('linked')}
        </Alert>
      )}
      <Stack component="ul" gap={6} m={0} p={0} style={{ listStyle: 'none' }}>
        {bindings.map((binding) => (
          <Line key={binding.bindingId} binding={binding} />
        ))}
      </Stack>
    </>
  )
}

function Line({ binding }: { readonly binding: Binding }) {
  const t = useTakeoverWords()
  const format = useFormat()
  const { slug, can } = useSession()
  const { of, label, since, canLogin, canVerify } = binding
  const use = canLogin && canVerify ? 'both' : canLogin ? 'login' : canVerify ? 'verification' : null
  return (
    <Group component="li" gap="xs">
      {of !== 'unlinked' ? (
        <Text span>{t(`of.${of}`, { name: binding.memberName ?? '' })}</Text>
      ) : can('requests:read') ? (
        <ScreenLink to={paths.workAccount(slug, binding.bindingId)}>{label}</ScreenLink>
      ) : (
        <Text span>{label}</Text>
      )}
      <Text size="sm">
        {[use && t(`uses.${use}`), since && t('since', { date: format.date(since) })]
          .filter(Boolean)
          .join(' · ')}
      </Text>
    </Group>
  )
}
