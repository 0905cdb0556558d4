import { Button, Checkbox, Group, Modal, MultiSelect, Radio, Stack, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { type SubmitEvent, useState } from 'react'
import { useSession } from '../../../shell/session.tsx'
import { useCommonWords } from '../../../ui/common-words.ts'
import { ProblemAlert } from '../../../ui/states.tsx'
import { useDepartmentChoices } from '../../people/parts/all-departments.ts'
import { useExportWords } from './export-words.ts'
import { formats, type MemberQuery, useExport } from './use-export.ts'

interface ExportMembersProps {
  /** What the list is narrowed by and how it is sorted, departments apart. */
  readonly query: Omit<MemberQuery, 'format' | 'layout' | 'departmentIds' | 'includeSubdepartments'>
  /** The department that the list is narrowed by; empty for none. */
  readonly departmentId: string
  /** Whether the list leaves out the departments below. */
  readonly isDirect: boolean
}

/** Exports the people that the list shows, in a layout and of departments that are chosen. */
export function ExportMembers(props: ExportMembersProps) {
  const t = useExportWords()
  const common = useCommonWords()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t('export')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={t('people.title')}
        closeButtonProps={{ 'aria-label': common('close') }}
      >
        {isOpen && <ExportForm {...props} onClose={() => setOpen(false)} />}
      </Modal>
    </>
  )
}

const layouts = ['baton', 'wecom'] as const
const mostDepartments = 100

function ExportForm(props: ExportMembersProps & { readonly onClose: () => void }) {
  const { query, departmentId, isDirect, onClose } = props
  const t = useExportWords()
  const { company } = useSession()
  const save = useExport()
  const [layout, setLayout] = useState<(typeof layouts)[number]>('baton')
  const [format, setFormat] = useState<(typeof formats)[number]>('xlsx')
  const [chosen, setChosen] = useState<readonly string[]>(departmentId ? [departmentId] : [])
  const [isDeep, setDeep] = useState(!isDirect)
  const departments = useDepartmentChoices()
  const seesContacts = company.role === 'owner' || company.role === 'admin'
  function send(event: SubmitEvent) {
    event.preventDefault()
    const among =
      chosen.length > 0
        ? { departmentIds: chosen.join(','), includeSubdepartments: isDeep ? 'true' : 'false' }
        : {}
    const wanted = { ...query, ...among, layout } as MemberQuery
    save.mutate({ kind: 'exportMembers', query: wanted, format }, { onSuccess: onClose })
  }
  return (
    <form onSubmit={send}>
      <Stack>
        <Text size="sm">{t('people.text')}</Text>
        <Text size="sm">{seesContacts ? t('people.whole') : t('people.masked')}</Text>
        <Radio.Group
          label={t('people.layout')}
          value={layout}
          onChange={(value) => setLayout(value === 'wecom' ? 'wecom' : 'baton')}
        >
          <Stack gap="xs" mt={4}>
            {layouts.map((one) => (
              <Radio key={one} value={one} label={t(`people.${one}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <MultiSelect
          label={t('people.departments')}
          placeholder={chosen.length === 0 ? t('people.departmentsAll') : ''}
          data={[...departments]}
          value={[...chosen]}
          onChange={setChosen}
          maxValues={mostDepartments}
          searchable
          clearable
        />
        {chosen.length > 0 && (
          <Checkbox
            label={t('people.below')}
            checked={isDeep}
            onChange={(event) => setDeep(event.currentTarget.checked)}
          />
        )}
        <Format format={format} onFormat={setFormat} />
        <ProblemAlert problem={save.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending}>
            {t('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

interface FormatProps {
  readonly format: (typeof formats)[number]
  readonly onFormat: (format: (typeof formats)[number]) => void
}

function Format({ format, onFormat }: FormatProps) {
  const t = useExportWords()
  return (
    <Radio.Group
      label={t('format')}
      value={format}
      onChange={(value) => onFormat(value === 'csv' ? 'csv' : 'xlsx')}
    >
      <Group mt={4}>
        {formats.map((one) => (
          <Radio key={one} value={one} label={t(one)} />
        ))}
      </Group>
    </Radio.Group>
  )
}
