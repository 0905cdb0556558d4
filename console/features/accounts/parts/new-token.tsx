import {
  Button,
  Checkbox,
  Code,
  Fieldset,
  Group,
  Modal,
  NativeSelect,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { type Permission, permissionNames } from '../../../../src/kernel/permission.ts'
import { useWrite } from '../../../api/write.ts'
import { useSession } from '../../../shell/session.tsx'
import { useCommonWords } from '../../../ui/common-words.ts'
import { CopyText } from '../../../ui/copy-text.tsx'
import { ProblemAlert } from '../../../ui/states.tsx'
import { usePermissionWords } from './permission-words.ts'
import { useTokenWords } from './token-words.ts'

const dayMs = 86_400_000
const lifetimes = ['30', '90', '365', 'none'] as const

/** Makes an API token; its secret is shown once, here. */
export function NewToken({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const t = useTokenWords()
  const common = useCommonWords()
  const create = useWrite('createApiToken')
  function close() {
    create.reset()
    onClose()
  }
  const token = create.data?.token
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title={token ? t('made.title') : t('new')}
      closeButtonProps={{ 'aria-label': common('close') }}
      closeOnClickOutside={!token}
      closeOnEscape={!token}
      size="lg"
    >
      {token ? <Secret token={token} onClose={close} /> : <TokenForm create={create} onClose={close} />}
    </Modal>
  )
}

function Secret({ token, onClose }: { readonly token: string; readonly onClose: () => void }) {
  const t = useTokenWords()
  const example = `curl -H "Authorization: Bearer ${token}" ${window.location.origin}/v1/numbers`
  return (
    <Stack>
      <Text>{t('made.text')}</Text>
      <Group gap="xs" wrap="nowrap">
        <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
          {token}
        </Code>
        <CopyText text={token} label={t('made.copy')} />
      </Group>
      <Text size="sm">{t('made.example')}</Text>
      <Group gap="xs" wrap="nowrap">
        <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
          {example}
        </Code>
        <CopyText text={example} label={t('made.copyExample')} />
      </Group>
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('made.kept')}</Button>
      </Group>
    </Stack>
  )
}

type Create = ReturnType<typeof useWrite<'createApiToken'>>

function TokenForm({ create, onClose }: { readonly create: Create; readonly onClose: () => void }) {
  const t = useTokenWords()
  const common = useCommonWords()
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<readonly Permission[]>(['numbers:read'])
  const [days, setDays] = useState<string>('90')
  function submit(event: SubmitEvent) {
    event.preventDefault()
    const expiresAt =
      days === 'none' ? {} : { expiresAt: new Date(Date.now() + Number(days) * dayMs).toISOString() }
    create.mutate({ body: { name, scopes: [...scopes], ...expiresAt } })
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t('name')}
          description={t('nameText')}
          required
          maxLength={80}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('expires')}
          value={days}
          onChange={(event) => setDays(event.currentTarget.value)}
          data={lifetimes.map((value) => ({ value, label: t(`lifetime.${value}`) }))}
        />
        <Scopes scopes={scopes} onScopes={setScopes} />
        <ProblemAlert problem={create.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" loading={create.isPending} disabled={scopes.length === 0}>
            {t('create')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

const presets: Readonly<
  Record<'read' | 'routes' | 'ingest', (all: readonly Permission[]) => readonly Permission[]>
> = {
  read: (all) => all.filter((scope) => scope.endsWith(':read') && scope !== 'tokens:read'),
  routes: (all) => all.filter((scope) => scope === 'routes:read'),
  ingest: (all) => all.filter((scope) => scope === 'records:write'),
}

// A token never has more than its maker: only those are offered.
function Scopes({
  scopes,
  onScopes,
}: {
  readonly scopes: readonly Permission[]
  readonly onScopes: (scopes: readonly Permission[]) => void
}) {
  const t = useTokenWords()
  const say = usePermissionWords()
  const { can } = useSession()
  const offered = permissionNames.filter(can)
  return (
    <Fieldset legend={t('may')}>
      <Stack gap="sm">
        <Group gap="xs">
          {(['read', 'routes', 'ingest'] as const).map((preset) => (
            <Button
              key={preset}
              variant="default"
              size="xs"
              onClick={() => onScopes(presets[preset](offered))}
            >
              {t(`preset.${preset}`)}
            </Button>
          ))}
        </Group>
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm" verticalSpacing="sm">
          {offered.map((scope) => (
            <Checkbox
              key={scope}
              label={say(scope)}
              description={scope}
              checked={scopes.includes(scope)}
              onChange={({ currentTarget: { checked } }) =>
                onScopes(checked ? [...scopes, scope] : scopes.filter((other) => other !== scope))
              }
            />
          ))}
        </SimpleGrid>
      </Stack>
    </Fieldset>
  )
}
