import { Alert, Button, Card, Menu, Table, Title } from '@mantine/core'
import { IconArrowsExchange, IconClock } from '@tabler/icons-react'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useRead } from '../../api/read.ts'
import { useWrite } from '../../api/write.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { useFormat } from '../../ui/format.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { MenuButton } from '../../ui/menu-button.tsx'
import { Page } from '../../ui/page.tsx'
import { Phone } from '../../ui/phone.tsx'
import { LoadingState, ProblemState } from '../../ui/states.tsx'
import { TableScroller } from '../../ui/table-scroller.tsx'
import { useToast } from '../../ui/toast.tsx'
import type { AccountDetail } from './account.ts'
import { EditAccount } from './account-form.tsx'
import { AccountState } from './account-state.tsx'
import { Attest, DeletionBegun } from './outcome-dialogs.tsx'
import { PassOn } from './pass-on.tsx'
import { useWorkAccountWords } from './words.ts'

/** One account in an outside system: who holds and held it, what hangs on it, and what is under way. */
export function AccountPage() {
  const { workAccountId = '' } = useParams({ strict: false })
  const t = useWorkAccountWords()
  const query = useRead('readWorkAccount', { params: { workAccountId } })
  if (query.data) return <Shown key={workAccountId} account={query.data} />
  return (
    <Page title={t('account')} above={<Above />}>
      {query.error ? (
        <ProblemState problem={query.error} onRetry={() => query.refetch()} />
      ) : (
        <LoadingState rows={6} />
      )}
    </Page>
  )
}

function Above() {
  const t = useWorkAccountWords()
  const { slug } = useSession()
  return <ScreenLink to={paths.systems(slug)}>{t('above')}</ScreenLink>
}

function Shown({ account }: { readonly account: AccountDetail }) {
  const t = useWorkAccountWords()
  const { slug, can } = useSession()
  const { openTaskId } = account
  return (
    <Page
      title={`${account.systemName} · ${account.login}`}
      above={<Above />}
      badge={<AccountState account={account} />}
      actions={can('work-accounts:write') && <Actions account={account} />}
    >
      {openTaskId !== null && (
        <Alert variant="outline" icon={<IconClock />} title={t('task.title')}>
          {t('task.text')}{' '}
          <ScreenLink to={paths.task(slug, openTaskId)} fz="inherit" underline="always">
            {t('task.open')}
          </ScreenLink>
        </Alert>
      )}
      <Card withBorder>
        <AccountFacts account={account} />
      </Card>
      <Card withBorder>
        <Title order={2} size="h4" mb="sm">
          {t('holders')}
        </Title>
        <Holders account={account} />
      </Card>
    </Page>
  )
}

function AccountFacts({ account }: { readonly account: AccountDetail }) {
  const t = useWorkAccountWords()
  const format = useFormat()
  const { slug } = useSession()
  const { numberId, e164, numberUse, deletionUntil } = account
  return (
    <Facts>
      <Fact word={t('fact.system')}>{account.systemName}</Fact>
      <Fact word={t('fact.holder')}>
        <Holder holderId={account.holderId} holderName={account.holderName} />
      </Fact>
      <Fact word={t('fact.since')}>{format.dateTime(account.heldSince)}</Fact>
      <Fact word={t('fact.number')}>
        {numberId !== null && e164 !== null && (
          <ScreenLink to={paths.number(slug, numberId)}>
            <Phone e164={e164} />
          </ScreenLink>
        )}
      </Fact>
      <Fact word={t('fact.numberUse')}>{numberUse !== null && t(`use.${numberUse}`)}</Fact>
      <Fact word={t('fact.until')}>{deletionUntil !== null && format.dateTime(deletionUntil)}</Fact>
      <Fact word={t('fact.note')}>{account.note}</Fact>
    </Facts>
  )
}

function Holder({ holderId, holderName }: Pick<AccountDetail, 'holderId' | 'holderName'>) {
  const t = useWorkAccountWords()
  const { slug } = useSession()
  if (holderId === null) return t('kept')
  return <ScreenLink to={paths.person(slug, holderId)}>{holderName ?? '…'}</ScreenLink>
}

function Holders({ account }: { readonly account: AccountDetail }) {
  const t = useWorkAccountWords()
  const format = useFormat()
  return (
    <TableScroller label={t('holders')} minWidth={420}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('column.holder')}</Table.Th>
            <Table.Th>{t('holders.from')}</Table.Th>
            <Table.Th>{t('holders.to')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {account.holders.map((stretch) => (
            <Table.Tr key={stretch.from}>
              <Table.Td>
                <Holder {...stretch} />
              </Table.Td>
              <Table.Td>{format.dateTime(stretch.from)}</Table.Td>
              <Table.Td>{stretch.to === null ? t('holders.now') : format.dateTime(stretch.to)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </TableScroller>
  )
}

type Opened = 'passOn' | 'edit' | 'attest' | 'deletion' | 'remove' | null

function Actions({ account }: { readonly account: AccountDetail }) {
  const t = useWorkAccountWords()
  const [opened, setOpened] = useState<Opened>(null)
  const close = () => setOpened(null)
  const { state, openTaskId, systemKind, holders } = account
  const isFree = openTaskId === null
  const isInUse = state === 'held' || state === 'deletion_requested'
  return (
    <>
      {state === 'held' && isFree && (
        <Button
          leftSection={<IconArrowsExchange size={18} aria-hidden />}
          onClick={() => setOpened('passOn')}
        >
          {t('passOn')}
        </Button>
      )}
      {isInUse && (
        <MenuButton label={t('more')}>
          <Menu.Item onClick={() => setOpened('edit')}>{t('edit')}</Menu.Item>
          {isFree && <Menu.Item onClick={() => setOpened('attest')}>{t('attest')}</Menu.Item>}
          {isFree && systemKind === 'wecom' && state === 'held' && (
            <Menu.Item onClick={() => setOpened('deletion')}>{t('deletion')}</Menu.Item>
          )}
          {isFree && holders.length === 1 && (
            <Menu.Item onClick={() => setOpened('remove')}>{t('remove')}</Menu.Item>
          )}
        </MenuButton>
      )}
      {opened === 'passOn' && <PassOn account={account} onClose={close} />}
      {opened === 'edit' && <EditAccount account={account} onClose={close} />}
      {opened === 'attest' && <Attest account={account} onClose={close} />}
      {opened === 'deletion' && <DeletionBegun account={account} onClose={close} />}
      {opened === 'remove' && <Remove account={account} onClose={close} />}
    </>
  )
}

function Remove({ account, onClose }: { readonly account: AccountDetail; readonly onClose: () => void }) {
  const t = useWorkAccountWords()
  const toast = useToast()
  const navigate = useNavigate()
  const { slug } = useSession()
  const remove = useWrite('removeWorkAccount')
  const { workAccountId, login, systemName: system } = account
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('remove.title')}
      action={t('remove.do')}
      isDangerous
      isBusy={remove.isPending}
      problem={remove.error}
      onConfirm={() =>
        remove.mutate(
          { params: { workAccountId } },
          {
            onSuccess: () => {
              toast.done(t('remove.done', { login }))
              void navigate({ to: paths.systems(slug) })
            },
          },
        )
      }
    >
      {t('remove.text', { login, system })}
    </ConfirmDialog>
  )
}
