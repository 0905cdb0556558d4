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
import { LoadingState, ProblemAlert } from '../../../ui/states.tsx'
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
  /** Somebody holds it. */
  readonly isHeld: boolean
}

/** What signs in or is verified with a number, and how it gets free of an earlier account (WRK-4, ACC-11). */
export function NumberBindings({ numberId, e164, isHeld }: NumberBindingsProps) {
  const t = useTakeoverWords()
  const heading = useId()
  const { can } = useSession()
  const [search, setSearch] = useSearchState({ rebind: '', reassign: '', onwards: '' })
  const query = useRead('listBindings', { params: { numberId } })
  const chosen = useRead('readRebinding', { params: { numberId } })
  const rebinding = chosen.data?.rebinding ?? null
  const mayChoose = can('numbers:write')
  return (
    <Card withBorder component="section" aria-labelledby={heading}>
      <Stack gap="sm">
        <Title order={2} size="h4" id={heading}>
          {t('title')}
        </Title>
        <ProblemAlert problem={query.error} />
        {query.isPending && <LoadingState rows={1} />}
        {query.data && <List found={query.data} />}
        {rebinding && <ChosenSolution rebinding={rebinding} e164={e164} />}
        <WaysOn
          numberId={numberId}
          isOpen={rebinding?.state === 'open'}
          found={query.data}
          onChoose={() => setSearch({ rebind: '1' })}
        />
      </Stack>
      {mayChoose && search.rebind && query.data && (
        <Suspense fallback={null}>
          <ChooserDialog
            numberId={numberId}
            e164={e164}
            found={query.data}
            isHeld={isHeld}
            onPassOn={() => setSearch({ rebind: '', reassign: '1', onwards: 'rebind' })}
            onClose={() => setSearch({ rebind: '' }, { replace: true })}
          />
        </Suspense>
      )}
    </Card>
  )
}

interface WaysOnProps {
  readonly numberId: string
  readonly found: Bindings | undefined
  /** A solution is under way. */
  readonly isOpen: boolean
  readonly onChoose: () => void
}

function WaysOn({ numberId, found, isOpen, onChoose }: WaysOnProps) {
  const t = useTakeoverWords()
  const { slug, can } = useSession()
  const isStillLinked = found?.isStillLinked ?? false
  const holder = found?.bindings.find(({ of }) => of === 'holder')
  const isOffered = can('numbers:write') && (isStillLinked || holder !== undefined)
  if (!isOffered && !can('work-accounts:write')) return null
  return (
    <Group gap="md">
      {isOffered && (
        <Button
          variant="default"
          leftSection={<IconLinkOff size={18} aria-hidden />}
          onClick={onChoose}
          aria-haspopup="dialog"
        >
          {isStillLinked
            ? t(isOpen ? 'chooseAgain' : 'choose')
            : t('chooseLater', { name: holder?.memberName ?? '' })}
        </Button>
      )}
      {can('work-accounts:write') && (
        <ScreenLink to={paths.systems(slug)} search={{ add: 'account', number: numberId }} size="sm">
          {t('add')}
        </ScreenLink>
      )}
    </Group>
  )
}

function List({ found }: { readonly found: Bindings }) {
  const t = useTakeoverWords()
  const { bindings, isStillLinked } = found
  // What is said of an earlier account is another thing: nobody here can change it there.
  const isToChange = bindings.some(({ of }) => of === 'holder' || of === 'unlinked')
  return (
    <>
      {bindings.length === 0 && <Text size="sm">{t('none')}</Text>}
      {isToChange && <Text size="sm">{t('text')}</Text>}
      {bindings.length > 0 && (
        <Stack component="ul" gap={6} m={0} p={0} style={{ listStyle: 'none' }}>
          {bindings.map((binding) => (
            <Line key={binding.bindingId} binding={binding} />
          ))}
        </Stack>
      )}
      {isStillLinked && (
        <Alert variant="outline" icon={<IconLinkOff aria-hidden />}>
          {t('linked')}
        </Alert>
      )}
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
    <li style={{ overflowWrap: 'anywhere' }}>
      {of !== 'unlinked' ? (
        <Text span>{t(`of.${of}`, { name: binding.memberName ?? '' })}</Text>
      ) : can('requests:read') ? (
        <ScreenLink to={paths.workAccount(slug, binding.bindingId)}>{label}</ScreenLink>
      ) : (
        <Text span>{label}</Text>
      )}
      <Text size="sm" c="dimmed">
        {[use && t(`uses.${use}`), since && t('since', { date: format.date(since) })]
          .filter(Boolean)
          .join(' · ')}
      </Text>
    </li>
  )
}
