import { Accordion, Button, Group, Modal, SimpleGrid, Stack } from '@mantine/core'
import { type SubmitEvent, useRef, useState } from 'react'
import { useWrite } from '../../../api/write.ts'
import { useCommonWords } from '../../../ui/common-words.ts'
import { ProblemAlert } from '../../../ui/states.tsx'
import { useToast } from '../../../ui/toast.tsx'
import {
  DepartmentsField,
  ManagerField,
  type PersonFieldsProps,
  PersonNames,
  PersonText,
  RoleField,
} from '../person-fields.tsx'
import { fieldErrors, newForm, newMemberOf } from '../person-form.ts'
import { usePeopleWords } from '../words.ts'
import { focusFirstFault } from './focus-fault.ts'

interface AddPersonProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  /** The department that is looked at; empty for none. */
  readonly departmentId: string
}

/** Adds somebody, who can hold numbers at once and sign in later. */
export function AddPerson(props: AddPersonProps) {
  const t = usePeopleWords()
  const common = useCommonWords()
  return (
    <Modal
      opened={props.isOpen}
      onClose={props.onClose}
      title={t('add.title')}
      closeButtonProps={{ 'aria-label': common('close') }}
      size="lg"
    >
      {props.isOpen && <Form {...props} />}
    </Modal>
  )
}

function Form({ onClose, departmentId }: AddPersonProps) {
  const t = usePeopleWords()
  const common = useCommonWords()
  const toast = useToast()
  const element = useRef<HTMLFormElement>(null)
  const [form, setForm] = useState(() => newForm(departmentId))
  const add = useWrite('createMember')
  const errors = fieldErrors(add.error)
  const fields: PersonFieldsProps = {
    form,
    errors,
    onChange: (part) => setForm((before) => ({ ...before, ...part })),
  }
  function submit(event: SubmitEvent) {
    event.preventDefault()
    add.mutate(
      { body: newMemberOf(form) },
      {
        onSuccess: ({ name }) => {
          toast.done(t('done.added', { name }))
          onClose()
        },
        onError: () => focusFirstFault(element.current),
      },
    )
  }
  return (
    <form ref={element} onSubmit={submit}>
      <Stack>
        <PersonNames {...fields} />
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <PersonText {...fields} field="email" />
          <PersonText {...fields} field="mobile" />
        </SimpleGrid>
        <PersonText {...fields} field="title" />
        <DepartmentsField {...fields} />
        <RoleField {...fields} />
        <More {...fields} />
        <ProblemAlert problem={Object.keys(errors).length === 0 ? add.error : null} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" loading={add.isPending}>
            {t('add.action')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function More(props: PersonFieldsProps) {
  const t = usePeopleWords()
  const [isOpen, setOpen] = useState(false)
  const { alias, destination, managerId } = props.errors
  const hasFault = Boolean(alias ?? destination ?? managerId)
  return (
    <Accordion
      variant="contained"
      chevronPosition="left"
      value={isOpen || hasFault ? 'more' : null}
      onChange={(value) => setOpen(value !== null)}
    >
      <Accordion.Item value="more">
        <Accordion.Control>{t('add.more')}</Accordion.Control>
        <Accordion.Panel>
          <Stack>
            <PersonText {...props} field="alias" />
            <PersonText {...props} field="destination" />
            <ManagerField {...props} />
          </Stack>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  )
}
