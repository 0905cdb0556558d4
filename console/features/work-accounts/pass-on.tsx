import { Alert, Checkbox, Radio, Stack, Text, TextInput } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useWrite } from '../../api/write.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { useToast } from '../../ui/toast.tsx'
import { MemberSelect } from '../people/parts/member-select.tsx'
import type { AccountDetail } from './account.ts'
import { FormDialog } from './dialog.tsx'
import { useWorkAccountWords } from './words.ts'

const customWays = ['pass_on', 'park', 'end'] as const
const wecomWays = ['end', 'pass_on'] as const
type Way = (typeof customWays)[number]

interface PassOnProps {
  readonly account: AccountDetail
  readonly onClose: () => void
}

/** Opens the task that passes an account on; for WeCom the choice between its two ways (WRK-5). */
export function PassOn({ account, onClose }: PassOnProps) {
  const t = useWorkAccountWords()
  const toast = useToast()
  const navigate = useNavigate()
  const { slug } = useSession()
  const passOn = useWrite('passOnWorkAccount')
  const isWecom = account.systemKind === 'wecom'
  const [way, setWay] = useState<Way>(isWecom ? 'end' : 'pass_on')
  const [toMemberId, setTo] = useState('')
  const [doer, setDoer] = useState<Doer>({ isOutside: false, name: '', contact: '' })
  const [dueAt, setDueAt] = useState('')
  const isReady = (way !== 'pass_on' || toMemberId !== '') && (!doer.isOutside || doer.name.trim() !== '')
  function open() {
    const body = {
      way,
      ...(way === 'pass_on' && { toMemberId }),
      ...(dueAt && { dueAt: new Date(dueAt).toISOString() }),
      ...(doer.isOutside && {
        forName: doer.name.trim(),
        ...(doer.contact.trim() && { forContact: doer.contact.trim() }),
      }),
    }
    passOn.mutate(
      { params: { workAccountId: account.workAccountId }, body, version: account.version },
      {
        onSuccess: ({ taskId }) => {
          toast.done(t('passOn.done'))
          void navigate({ to: paths.task(slug, taskId) })
        },
      },
    )
  }
  return (
    <FormDialog
      title={t('passOn.title', { login: account.login })}
      onClose={onClose}
      action={t('passOn.do')}
      onSubmit={open}
      isBusy={passOn.isPending}
      isReady={isReady}
      problem={passOn.error}
    >
      <Ways account={account} way={way} onWay={setWay} />
      {way === 'pass_on' && (
        <MemberSelect
          label={t('passOn.to')}
          value={toMemberId}
          onChange={setTo}
          exceptId={account.holderId ?? undefined}
        />
      )}
      <DoerFields doer={doer} onDoer={setDoer} />
      <TextInput
        label={t('passOn.due')}
        type="datetime-local"
        value={dueAt}
        onChange={(event) => setDueAt(event.currentTarget.value)}
      />
    </FormDialog>
  )
}

interface WaysProps {
  readonly account: AccountDetail
  readonly way: Way
  readonly onWay: (way: Way) => void
}

function Ways({ account, way, onWay }: WaysProps) {
  const t = useWorkAccountWords()
  const isWecom = account.systemKind === 'wecom'
  const ways: readonly Way[] = isWecom ? wecomWays : customWays
  const isKept = account.holderId === null
  const words = (one: Way) =>
    isWecom && one !== 'park' ? (`passOn.wecom.${one}` as const) : (`passOn.way.${one}` as const)
  const isOff = (one: Way) =>
    (one === 'park' && isKept) || (isWecom && one === 'pass_on' && account.numberId === null)
  return (
    <>
      {isWecom && <Text>{t('passOn.wecom')}</Text>}
      <Radio.Group
        label={t('passOn.way')}
        value={way}
        onChange={(value) => onWay(ways.find((one) => one === value) ?? way)}
      >
        <Stack gap="sm" mt="xs">
          {ways.map((one) => (
            <Radio
              key={one}
              value={one}
              disabled={isOff(one)}
              label={t(words(one))}
              description={
                isWecom && isOff(one) ? t('passOn.wecom.noNumber') : t(`${words(one)}Text` as const)
              }
            />
          ))}
        </Stack>
      </Radio.Group>
      {isWecom && (
        <Alert variant="outline" icon={<IconInfoCircle />}>
          {t('passOn.wecom.customers')}
        </Alert>
      )}
    </>
  )
}

interface Doer {
  readonly isOutside: boolean
  readonly name: string
  readonly contact: string
}

function DoerFields({ doer, onDoer }: { readonly doer: Doer; readonly onDoer: (doer: Doer) => void }) {
  const t = useWorkAccountWords()
  return (
    <>
      <Checkbox
        label={t('passOn.doer')}
        checked={doer.isOutside}
        onChange={(event) => onDoer({ ...doer, isOutside: event.currentTarget.checked })}
      />
      {doer.isOutside && (
        <>
          <TextInput
            label={t('passOn.name')}
            required
            maxLength={100}
            value={doer.name}
            onChange={(event) => onDoer({ ...doer, name: event.currentTarget.value })}
          />
          <TextInput
            label={t('passOn.contact')}
            maxLength={200}
            value={doer.contact}
            onChange={(event) => onDoer({ ...doer, contact: event.currentTarget.value })}
          />
        </>
      )}
    </>
  )
}
