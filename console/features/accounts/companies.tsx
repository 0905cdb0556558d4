import { Badge, Button, Group, Stack, Text } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { usePages, useRead } from '../../api/read.ts'
import { useWrite } from '../../api/write.ts'
import { paths } from '../../paths.ts'
import { useCommonWords } from '../../ui/common-words.ts'
import { EmptyState, LoadingState, ProblemAlert, ProblemState } from '../../ui/states.tsx'
import { Door } from './door.tsx'
import { useDoorWords } from './door-words.ts'

/** Which company to work in; whoever belongs to one only goes straight on. */
export function Companies() {
  const t = useDoorWords()
  const navigate = useNavigate()
  const setup = useRead('readSetup', {})
  const isNeeded = setup.data?.needed
  const { items, query } = usePages('listCompanies', {}, { enabled: isNeeded === false, pageSize: 200 })
  const [only] = items
  const isChoice = new URLSearchParams(window.location.search).has('choose')
  const place = placeAsked()
  const target = isNeeded ? paths.setUp() : items.length === 1 && only && !isChoice ? place(only.slug) : null
  useEffect(() => {
    if (target) void navigate({ to: target, replace: true })
  }, [target, navigate])
  const problem = setup.error ?? query.error
  const isReading = setup.isPending || isNeeded || query.isPending || target !== null
  return (
    <Door title={t('companies.title')}>
      {problem ? (
        <ProblemState problem={problem} onRetry={() => void (setup.error ? setup : query).refetch()} />
      ) : isReading ? (
        <LoadingState />
      ) : (
        <Choices items={items} place={place} />
      )}
    </Door>
  )
}

// A page that knows no company, such as that of a number which is still linked, names the screen and not its address.
function placeAsked(): (slug: string) => string {
  return new URLSearchParams(window.location.search).get('to') === 'numbers' ? paths.numbers : paths.home
}

type Listed = ReturnType<typeof usePages<'listCompanies'>>['items']

interface ChoicesProps {
  readonly items: Listed
  /** Where each of them leads. */
  readonly place: (slug: string) => string
}

function Choices({ items, place }: ChoicesProps) {
  const t = useDoorWords()
  const common = useCommonWords()
  const signOut = useWrite('endSession')
  return (
    <Stack>
      {items.length === 0 && <EmptyState title={t('companies.none')} text={t('companies.noneText')} />}
      {items.map(({ slug, name, role, isSample }) => (
        <Button
          key={slug}
          component={Link}
          to={place(slug)}
          variant="default"
          h="auto"
          py="sm"
          justify="space-between"
          styles={{ inner: { flex: 1 }, label: { flex: 1, textAlign: 'start' } }}
          rightSection={
            <Group gap="xs">
              {isSample && <Badge variant="outline">{t('companies.sample')}</Badge>}
              {role && <Text size="sm">{common(`role.${role}`)}</Text>}
            </Group>
          }
        >
          {name}
        </Button>
      ))}
      <ProblemAlert problem={signOut.error} />
      <Button
        variant="subtle"
        onClick={() => signOut.mutate({}, { onSuccess: () => window.location.assign(paths.signIn()) })}
      >
        {t('companies.signOut')}
      </Button>
    </Stack>
  )
}
