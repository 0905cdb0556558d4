import { Anchor, Button, Card, Group, SimpleGrid, Stack, Text, Title, VisuallyHidden } from '@mantine/core'
import { IconApps } from '@tabler/icons-react'
import { usePages } from '../../api/read.ts'
import { useWrite } from '../../api/write.ts'
import { useSession } from '../../shell/session.tsx'
import type { SetSearch } from '../../ui/search-state.ts'
import { EmptyState, LoadingState, ProblemState } from '../../ui/states.tsx'
import { useToast } from '../../ui/toast.tsx'
import type { OutsideSystem } from './account.ts'
import type { Shown } from './shown.ts'
import { SystemForm } from './system-form.tsx'
import { useWorkAccountWords } from './words.ts'

export interface ListProps {
  readonly shown: Shown
  readonly set: SetSearch<Shown>
}

/** Every outside system with its link, the company's own instructions and how many accounts it has. */
export function SystemList({ shown, set }: ListProps) {
  const t = useWorkAccountWords()
  const { items, query } = usePages('listSystems', { query: {} }, { pageSize: 200 })
  const edited = items.find(({ systemId }) => systemId === shown.add)
  if (query.error && items.length === 0)
    return <ProblemState problem={query.error} onRetry={() => query.refetch()} />
  if (query.isPending) return <LoadingState rows={3} height={96} />
  if (items.length === 0)
    return <EmptyState icon={<IconApps />} title={t('systems.empty')} text={t('systems.emptyText')} />
  return (
    <>
      <SimpleGrid
        component="ul"
        aria-label={t('view.systems')}
        cols={{ base: 1, lg: 2 }}
        style={{ listStyle: 'none', padding: 0, margin: 0 }}
      >
        {items.map((system) => (
          <li key={system.systemId}>
            <SystemCard system={system} set={set} />
          </li>
        ))}
      </SimpleGrid>
      {edited && <SystemForm system={edited} onClose={() => set({ add: '' }, { replace: true })} />}
    </>
  )
}

interface CardProps {
  readonly system: OutsideSystem
  readonly set: ListProps['set']
}

function SystemCard({ system, set }: CardProps) {
  const t = useWorkAccountWords()
  const toast = useToast()
  const { can } = useSession()
  const remove = useWrite('removeSystem')
  const { systemId, name, link, kind, note, accountCount: count } = system
  return (
    <Card withBorder h="100%">
      <Stack gap="xs" align="flex-start">
        <Title order={2} size="h4" style={{ overflowWrap: 'anywhere' }}>
          {name}
        </Title>
        <Text size="sm">{t('system.accounts', { count })}</Text>
        {link !== null && (
          <Anchor href={link} target="_blank" rel="noreferrer" style={{ overflowWrap: 'anywhere' }}>
            {t('system.open', { host: URL.canParse(link) ? new URL(link).hostname : link })}{' '}
            <VisuallyHidden>{t('newWindow')}</VisuallyHidden>
          </Anchor>
        )}
        {kind === 'wecom' ? <Text size="sm">{t('system.wecom')}</Text> : <OwnWords system={system} />}
        {note !== null && <Text size="sm">{note}</Text>}
        <Group gap="xs" mt="auto">
          <Button
            size="compact-md"
            variant="default"
            onClick={() => set({ view: 'accounts', system: systemId })}
          >
            {t('system.show')}
          </Button>
          {can('work-accounts:write') && kind === 'custom' && (
            <Button
              size="compact-md"
              variant="default"
              aria-label={t('system.edit', { name })}
              onClick={() => set({ add: systemId })}
            >
              {t('system.editShort')}
            </Button>
          )}
          {can('work-accounts:write') && count === 0 && (
            <Button
              size="compact-md"
              variant="default"
              aria-label={t('system.removeOf', { name })}
              loading={remove.isPending}
              onClick={() =>
                remove.mutate(
                  { params: { systemId } },
                  { onSuccess: () => toast.done(t('system.removed', { name })), onError: toast.problem },
                )
              }
            >
              {t('system.remove')}
            </Button>
          )}
        </Group>
      </Stack>
    </Card>
  )
}

function OwnWords({ system }: { readonly system: OutsideSystem }) {
  const t = useWorkAccountWords()
  const { passOnInstructions, closeInstructions } = system
  const texts = [
    ['system.passOn', passOnInstructions],
    ['system.close', closeInstructions],
  ] as const
  return texts.map(([word, text]) => (
    <div key={word}>
      <Text size="sm" fw={600}>
        {t(word)}
      </Text>
      <Text size="sm" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
        {text ?? t('system.usual')}
      </Text>
    </div>
  ))
}
