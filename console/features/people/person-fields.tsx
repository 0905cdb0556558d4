import { MultiSelect, NativeSelect, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core'
import { roles } from '../../../src/kernel/permission.ts'
import { useSession } from '../../shell/session.tsx'
import { useCommonWords } from '../../ui/common-words.ts'
import { useDepartmentChoices } from './parts/all-departments.ts'
import { MemberSelect } from './parts/member-select.tsx'
import type { FieldErrors, PersonForm } from './person-form.ts'
import { usePeopleWords } from './words.ts'

export interface PersonFieldsProps {
  readonly form: PersonForm
  readonly errors: FieldErrors
  readonly onChange: (part: Partial<PersonForm>) => void
}

type TextField = 'staffCode' | 'name' | 'alias' | 'email' | 'mobile' | 'destination' | 'title'

const mostCharacters: Readonly<Record<TextField, number>> = {
  staffCode: 64,
  name: 100,
  alias: 100,
  email: 254,
  mobile: 60,
  destination: 200,
  title: 100,
}

/** A text of the person, with its help and what is wrong with it. */
export function PersonText({
  field,
  form,
  errors,
  onChange,
  isRequired = false,
  isFirst = false,
}: PersonFieldsProps & {
  readonly field: TextField
  readonly isRequired?: boolean
  /** Takes the focus when a dialog opens. */
  readonly isFirst?: boolean
}) {
  const t = usePeopleWords()
  const help = field === 'name' || field === 'title' ? null : t(`field.${field}.text`)
  return (
    <TextInput
      label={t(`field.${field}`)}
      description={help}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      data-autofocus={isFirst || undefined}
      type={field === 'email' ? 'email' : field === 'mobile' ? 'tel' : 'text'}
      required={isRequired}
      maxLength={mostCharacters[field]}
      autoComplete="off"
      spellCheck={false}
      value={form[field]}
      error={errors[field]}
      onChange={(event) => onChange({ [field]: event.currentTarget.value })}
    />
  )
}

/** Who the person is: what everybody has first. */
export function PersonNames(props: PersonFieldsProps) {
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <PersonText {...props} field="name" isRequired isFirst />
      <PersonText {...props} field="staffCode" isRequired />
    </SimpleGrid>
  )
}

/** What the person may do; only an Owner makes Owners. */
export function RoleField({ form, errors, onChange }: PersonFieldsProps) {
  const t = usePeopleWords()
  const common = useCommonWords()
  const { company } = useSession()
  const mayOwner = company.role === 'owner' || form.role === 'owner'
  return (
    <NativeSelect
      label={t('field.role')}
      description={
        mayOwner
          ? t(`field.role.${form.role}`)
          : `${t(`field.role.${form.role}`)} ${t('field.role.ownerOnly')}`
      }
      value={form.role}
      error={errors.role}
      onChange={({ currentTarget }) => {
        const role = roles.find((known) => known === currentTarget.value)
        if (role) onChange({ role })
      }}
      data={roles.toReversed().map((value) => ({
        value,
        label: common(`role.${value}`),
        disabled: value === 'owner' && !mayOwner,
      }))}
    />
  )
}

/** The departments of the person, and which of them they lead. */
export function DepartmentsField({ form, errors, onChange }: PersonFieldsProps) {
  const t = usePeopleWords()
  const choices = useDepartmentChoices()
  const { departments } = form
  const labelOf = (id: string) => choices.find(({ value }) => value === id)?.label ?? '…'
  const missing = departments
    .filter(({ departmentId }) => !choices.some(({ value }) => value === departmentId))
    .map(({ departmentId }) => ({ value: departmentId, label: '…' }))
  return (
    <Stack gap="xs">
      <MultiSelect
        label={t('field.departments')}
        {...(departments.length === 0 ? { placeholder: t('field.departments.placeholder') } : {})}
        searchable
        limit={100}
        maxValues={50}
        nothingFoundMessage={t('filter.nothingFound')}
        data={[...missing, ...choices]}
        value={departments.map(({ departmentId }) => departmentId)}
        error={errors.departments}
        onChange={(ids) =>
          onChange({
            departments: ids.map(
              (departmentId) =>
                departments.find((place) => place.departmentId === departmentId) ?? {
                  departmentId,
                  isLead: false,
                },
            ),
          })
        }
      />
      {departments.map((place) => (
        <Switch
          key={place.departmentId}
          label={t('field.lead', { department: labelOf(place.departmentId) })}
          checked={place.isLead}
          onChange={({ currentTarget: { checked } }) =>
            onChange({
              departments: departments.map((other) =>
                other.departmentId === place.departmentId ? { ...other, isLead: checked } : other,
              ),
            })
          }
        />
      ))}
    </Stack>
  )
}

/** Whom the person reports to. */
export function ManagerField({
  form,
  errors,
  onChange,
  memberId,
}: PersonFieldsProps & { readonly memberId?: string }) {
  const t = usePeopleWords()
  return (
    <MemberSelect
      label={t('field.manager')}
      value={form.managerId}
      error={errors.managerId}
      exceptId={memberId}
      onChange={(managerId) => onChange({ managerId })}
    />
  )
}
