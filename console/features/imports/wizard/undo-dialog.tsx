import { List, Stack, Text } from '@mantine/core'
import type { ApiProblem } from '../../../api/client.ts'
import { useWrite } from '../../../api/write.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { useFormat } from '../../../ui/format.ts'
import { ScreenLink } from '../../../ui/link.tsx'
import { usePhone } from '../../../ui/phone.tsx'
import type { Import } from '../use-draft.ts'
import { useImportWords } from '../words.ts'

interface UndoProps {
  readonly shown: Import
  readonly onClose: () => void
}

/** Asks before a whole import is taken back; where something was built on it, says on what. */
export function UndoDialog({ shown, onClose }: UndoProps) {
  const t = useImportWords()
  const format = useFormat()
  const undo = useWrite('undoImport')
  const done = shown.operation?.done ?? 0
  const isOfNumbers = shown.template === 'numbers'
  return (
    <ConfirmDialog
      isOpen
      onClose={() => {
        undo.reset()
        onClose()
      }}
      title={t('undo.title', { name: shown.fileName })}
      action={t('undo.open')}
      isDangerous
      isBusy={undo.isPending}
      problem={undo.error}
      onConfirm={() =>
        undo.mutate({ params: { importId: shown.importId }, body: {} }, { onSuccess: onClose })
      }
    >
      <Stack gap="sm">
        <Text>{t('undo.text', { count: done, number: format.number(done) })}</Text>
        {isOfNumbers && <Text>{t('undoes.numbers')}</Text>}
        <BuiltOn problem={undo.error} />
      </Stack>
    </ConfirmDialog>
  )
}

interface Thing {
  readonly kind: 'member' | 'department' | 'number' | 'work_account'
  readonly id: string
  readonly label: string
  readonly why: 'changed' | 'used' | 'gone'
}

function isThing(value: unknown): value is Thing {
  return typeof value === 'object' && value !== null && 'kind' in value && 'label' in value && 'why' in value
}

function BuiltOn({ problem }: { readonly problem: ApiProblem | null }) {
  const t = useImportWords()
  const phone = usePhone()
  const { slug } = useSession()
  const listed = problem?.data['things']
  const things = Array.isArray(listed) ? listed.filter(isThing) : []
  if (things.length === 0) return null
  const target = ({ kind, id, why }: Thing) => {
    if (why === 'gone') return null
    if (kind === 'member') return paths.person(slug, id)
    return kind === 'number' ? paths.number(slug, id) : null
  }
  return (
    <div>
      <Text fw={600} size="sm">
        {t('undo.builtOn')}
      </Text>
      <List size="sm">
        {things.map((thing) => {
          const to = target(thing)
          const label = thing.kind === 'number' ? phone(thing.label) : thing.label
          return (
            <List.Item key={`${thing.kind}${thing.id}`}>
              {to ? <ScreenLink to={to}>{label}</ScreenLink> : label} · {t(`built.${thing.why}`)}
            </List.Item>
          )
        })}
      </List>
    </div>
  )
}
