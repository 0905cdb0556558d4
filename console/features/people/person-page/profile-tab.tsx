import { Alert, Button, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { type ReactNode, type SubmitEvent, useRef, useState } from 'react'
import { ApiProblem } from '../../../api/problem.ts'
import { useWrite } from '../../../api/write.ts'
import { useSession } from '../../../shell/session.tsx'
import { useCommonWords } from '../../../ui/common-words.ts'
import { ProblemAlert } from '../../../ui/states.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { focusFirstFault } from '../actions/focus-fault.ts'
import {
  DepartmentsField,
  ManagerField,
  type PersonFieldsProps,
  PersonNames,
  PersonText,
  RoleField,
} from '../person-fields.tsx'
import { changeOf, fieldErrors, formOf, type MemberChange } from '../person-form.ts'
import type { MemberDetail } from './member-detail.ts'
import { usePersonPageWords } from './page-words.ts'
import { ProfileFacts } from './profile-facts.tsx'

export interface ProfileProps {
  readonly member: MemberDetail
  /** Told whether the latest change left things behind that belong to the old place (NUM-17). */
  readonly onOffer: (isOffered: boolean) => void
}

/** Who somebody is in the company: to be changed by those who may, to be read by others. */
export function ProfileTab({ member, onOffer }: ProfileProps) {
  const { can, company } = useSession()
  const mayChange = can('members:write') && (member.role !== 'owner' || company.role === 'owner')
  return mayChange ? (
    <ProfileForm member={member} onOffer={onOffer} />
  ) : (
    <ProfileFacts member={member} isOwnerOnly={can('members:write')} />
  )
}

// What was read first stays in the form while others change it; saving then is refused, and nothing is overwritten.
function ProfileForm({ member, onOffer }: ProfileProps) {
  const t = usePersonPageWords()
  const common = useCommonWords()
  const element = useRef<HTMLFormElement>(null)
  const [seen, setSeen] = useState(member)
  const [form, setForm] = useState(() => formOf(member))
  const write = useWrite('changeMember')
  const save = useSave(onOffer)
  const change = changeOf(formOf(seen), form)
  const errors = fieldErrors(write.error)
  function begin(from: MemberDetail) {
    setSeen(from)
    setForm(formOf(from))
    write.reset()
  }
  if (member.version !== seen.version && change === null) {
    setSeen(member)
    setForm(formOf(member))
  }
  function submit(event: SubmitEvent) {
    event.preventDefault()
    if (!change) return
    const before = changeOf(form, formOf(seen))
    write.mutate(
      { params: { memberId: seen.memberId }, body: change, version: seen.version },
      {
        onSuccess: (saved) => {
          begin(saved)
          save(saved, before)
        },
        onError: () => focusFirstFault(element.current),
      },
    )
  }
  const fields: PersonFieldsProps = {
    form,
    errors,
    onChange: (part) => setForm((shown) => ({ ...shown, ...part })),
  }
  return (
    <form ref={element} onSubmit={submit}>
      <Stack maw={760}>
        {member.version !== seen.version && change !== null && !write.isPending && (
          <Stale onReload={() => begin(member)} />
        )}
        <PersonCard {...fields} />
        <PlaceCard {...fields} memberId={seen.memberId} />
        <ProblemAlert problem={Object.keys(errors).length === 0 ? write.error : null} />
        <Group>
          <Button type="submit" disabled={!change} loading={write.isPending}>
            {common('save')}
          </Button>
          {change && (
            <Button variant="default" onClick={() => begin(member)}>
              {t('profile.discard')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}

/** Says what was saved, with the way back, and whether there is something to pass on. */
function useSave(onOffer: ProfileProps['onOffer']) {
  const t = usePersonPageWords()
  const toast = useToast()
  const { mutateAsync } = useWrite('changeMember')
  return (saved: MemberDetail & { readonly offersHandover: boolean }, before: MemberChange | null) => {
    const { memberId, version, name } = saved
    onOffer(saved.offersHandover)
    async function undo(body: MemberChange) {
      try {
        await mutateAsync({ params: { memberId }, body, version })
        onOffer(false)
      } catch (error) {
        if (error instanceof ApiProblem) toast.problem(error)
      }
    }
    toast.done(t('profile.saved', { name }), before ? { onUndo: () => void undo(before) } : {})
  }
}

function Stale({ onReload }: { readonly onReload: () => void }) {
  const t = usePersonPageWords()
  return (
    <Alert role="status" variant="outline" icon={<IconRefresh />} title={t('profile.changed')}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t('profile.changedText')}</Text>
        <Button variant="default" onClick={onReload}>
          {t('profile.reload')}
        </Button>
      </Stack>
    </Alert>
  )
}

function PersonCard(fields: PersonFieldsProps) {
  const t = usePersonPageWords()
  return (
    <Part title={t('profile.person')}>
      <PersonNames {...fields} />
      <PersonText {...fields} field="alias" />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <PersonText {...fields} field="email" />
        <PersonText {...fields} field="mobile" />
      </SimpleGrid>
    </Part>
  )
}

function PlaceCard({ memberId, ...fields }: PersonFieldsProps & { readonly memberId: string }) {
  const t = usePersonPageWords()
  return (
    <Part title={t('profile.place')}>
      <PersonText {...fields} field="title" />
      <DepartmentsField {...fields} />
      <RoleField {...fields} />
      <ManagerField {...fields} memberId={memberId} />
      <PersonText {...fields} field="destination" />
    </Part>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Card withBorder padding="lg">
      <Stack>
        <Title order={2} size="h4">
          {title}
        </Title>
        {children}
      </Stack>
    </Card>
  )
}
