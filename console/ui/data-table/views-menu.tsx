import { ActionIcon, Button, Group, Popover, Stack, Text, TextInput } from '@mantine/core'
import { IconBookmark, IconPencil, IconTrash } from '@tabler/icons-react'
import { useRouter, useRouterState } from '@tanstack/react-router'
import { type SubmitEvent, useState } from 'react'
import { useBlockWords } from '../block-words.ts'
import { CopyText } from '../copy-text.tsx'
import { useToast } from '../toast.tsx'
import { renamed, type SavedView, type SavedViews, useSavedViews, withView } from './views.ts'

const longestName = 60

/** Views of this list: choose one, keep the one shown now, rename, delete, share by its link. */
export function ViewsMenu({ storageKey }: { readonly storageKey: string }) {
  const t = useBlockWords()
  const saved = useSavedViews(storageKey)
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-end"
      trapFocus
      returnFocus
      width="min(22rem, 92vw)"
    >
      <Popover.Target>
        <Button
          variant="default"
          size="sm"
          leftSection={<IconBookmark size={16} aria-hidden />}
          onClick={() => setOpen(!isOpen)}
        >
          {t('views.title')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('views.title')}>
        <Stack gap="sm">
          {saved.views.length === 0 && (
            <Text size="sm" c="dimmed">
              {t('views.none')}
            </Text>
          )}
          {saved.views.map((view) => (
            <ViewLine key={view.name} view={view} saved={saved} onChosen={() => setOpen(false)} />
          ))}
          <SaveView saved={saved} />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

function ViewLine(line: {
  readonly view: SavedView
  readonly saved: SavedViews
  readonly onChosen: () => void
}) {
  const { view, saved, onChosen } = line
  const t = useBlockWords()
  const toast = useToast()
  const { history } = useRouter()
  const { pathname, searchStr } = useRouterState({ select: (state) => state.location })
  const [isRenaming, setRenaming] = useState(false)
  if (isRenaming)
    return (
      <NameForm
        initial={view.name}
        action={t('views.keepName')}
        onName={(name) => {
          saved.keep(renamed(saved.views, view.name, name))
          setRenaming(false)
        }}
      />
    )
  const remove = () => {
    saved.keep(saved.views.filter((other) => other !== view))
    toast.done(t('views.deleted', { name: view.name }), { onUndo: () => saved.keep(saved.views) })
  }
  return (
    <Group gap={4} wrap="nowrap">
      <Button
        variant="subtle"
        size="compact-md"
        justify="flex-start"
        style={{ flex: 1, minWidth: 0 }}
        aria-current={view.search === searchStr ? 'true' : undefined}
        onClick={() => {
          history.push(pathname + view.search)
          onChosen()
        }}
      >
        {view.name}
      </Button>
      <CopyText
        text={`${window.location.origin}${pathname}${view.search}`}
        label={t('views.copy', { name: view.name })}
      />
      <ActionIcon
        variant="subtle"
        size={28}
        aria-label={t('views.rename', { name: view.name })}
        onClick={() => setRenaming(true)}
      >
        <IconPencil size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        size={28}
        aria-label={t('views.delete', { name: view.name })}
        onClick={remove}
      >
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
    </Group>
  )
}

function SaveView({ saved }: { readonly saved: SavedViews }) {
  const t = useBlockWords()
  const search = useRouterState({ select: (state) => state.location.searchStr })
  return (
    <NameForm
      initial=""
      action={t('views.save')}
      onName={(name) => saved.keep(withView(saved.views, { name, search }))}
    />
  )
}

function NameForm(form: {
  readonly initial: string
  readonly action: string
  readonly onName: (name: string) => void
}) {
  const t = useBlockWords()
  const [name, setName] = useState(form.initial)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (name.trim() === '') return
    form.onName(name.trim())
    setName('')
  }
  return (
    <form onSubmit={submit}>
      <Group gap="xs" align="flex-end">
        <TextInput
          label={t('views.name')}
          value={name}
          maxLength={longestName}
          required
          withAsterisk={false}
          onChange={(event) => setName(event.currentTarget.value)}
          style={{ flex: '1 1 9rem' }}
        />
        <Button type="submit" variant="light">
          {form.action}
        </Button>
      </Group>
    </form>
  )
}
