import { Badge, Button, Table, Text } from '@mantine/core'
import { useState } from 'react'
import type { Item } from '../../api/client.ts'
import { usePages } from '../../api/read.ts'
import { useWrite } from '../../api/write.ts'
import { useSession } from '../../shell/session.tsx'
import { useCommonWords } from '../../ui/common-words.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { useFormat } from '../../ui/format.ts'
import { Page } from '../../ui/page.tsx'
import { EmptyState, LoadingState, ProblemState } from '../../ui/states.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { TableScroller } from '../../ui/table-scroller.tsx'
import { useToast } from '../../ui/toast.tsx'
import { ListDownload } from '../exports/parts/list-download.tsx'
import { NewToken } from './parts/new-token.tsx'
import { usePermissionWords } from './parts/permission-words.ts'
import { useTokenWords } from './parts/token-words.ts'

type Token = Item<'listApiTokens'>

/** The API tokens of the company: what they may do, when they were used, and how to end them. */
export function Tokens() {
  const t = useTokenWords()
  const { can } = useSession()
  const { items, query } = usePages('listApiTokens', {})
  const [isNew, setIsNew] = useState(false)
  const [revoked, setRevoked] = useState<Token | null>(null)
  const button = can('tokens:write') && <Button onClick={() => setIsNew(true)}>{t('new')}</Button>
  return (
    <Page
      title={t('title')}
      text={t('text')}
      actions={
        items.length > 0 && (
          <>
            <ListDownload kind="exportApiTokens" />
            {button}
          </>
        )
      }
    >
      {query.error && items.length === 0 ? (
        <ProblemState problem={query.error} onRetry={() => void query.refetch()} />
      ) : query.isPending ? (
        <LoadingState />
      ) : items.length === 0 ? (
        <EmptyState title={t('empty')} text={t('emptyText')}>
          {button}
        </EmptyState>
      ) : (
        <TokenTable tokens={items} onRevoke={setRevoked} />
      )}
      {query.hasNextPage && (
        <MoreButton isBusy={query.isFetchingNextPage} onMore={() => void query.fetchNextPage()} />
      )}
      <NewToken isOpen={isNew} onClose={() => setIsNew(false)} />
      <Revoke token={revoked} onClose={() => setRevoked(null)} />
    </Page>
  )
}

function MoreButton({ isBusy, onMore }: { readonly isBusy: boolean; readonly onMore: () => void }) {
  const common = useCommonWords()
  return (
    <Button variant="default" loading={isBusy} onClick={onMore}>
      {common('showMore')}
    </Button>
  )
}

function TokenTable({
  tokens,
  onRevoke,
}: {
  readonly tokens: readonly Token[]
  readonly onRevoke: (token: Token) => void
}) {
  const t = useTokenWords()
  return (
    <TableScroller minWidth={720} label={t('title')}>
      <Table verticalSpacing="sm" aria-label={t('title')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('name')}</Table.Th>
            <Table.Th scope="col">{t('may')}</Table.Th>
            <Table.Th scope="col">{t('lastUsed')}</Table.Th>
            <Table.Th scope="col">{t('expires')}</Table.Th>
            <Table.Th scope="col">{t('state')}</Table.Th>
            <Table.Th scope="col">{t('actions')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {tokens.map((token) => (
            <TokenRow key={token.tokenId} token={token} onRevoke={onRevoke} />
          ))}
        </Table.Tbody>
      </Table>
    </TableScroller>
  )
}

const mostShown = 4

function TokenRow({ token, onRevoke }: { readonly token: Token; readonly onRevoke: (token: Token) => void }) {
  const t = useTokenWords()
  const common = useCommonWords()
  const say = usePermissionWords()
  const format = useFormat()
  const { can } = useSession()
  const state = stateOf(token)
  return (
    <Table.Tr>
      <Table.Th scope="row">
        {token.name}
        <Text size="xs" c="dimmed">
          {t('made', { time: format.date(token.createdAt) })}
        </Text>
      </Table.Th>
      <Table.Td>
        {token.scopes.slice(0, mostShown).map((scope) => (
          <Badge key={scope} variant="outline" color="gray" tt="none" mr={4} mb={4} title={scope}>
            {say(scope)}
          </Badge>
        ))}
        {token.scopes.length > mostShown && (
          <Text size="sm">{t('andMore', { count: token.scopes.length - mostShown })}</Text>
        )}
      </Table.Td>
      <Table.Td>{token.lastUsedAt ? format.relative(token.lastUsedAt) : common('never')}</Table.Td>
      <Table.Td>{token.expiresAt ? format.dateTime(token.expiresAt) : common('never')}</Table.Td>
      <Table.Td>
        <StatusBadge kind={state === 'works' ? 'good' : 'off'}>{t(`state.${state}`)}</StatusBadge>
      </Table.Td>
      <Table.Td>
        {can('tokens:write') && state === 'works' && (
          <Button variant="default" size="xs" onClick={() => onRevoke(token)}>
            {t('revoke')}
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  )
}

function stateOf({ revokedAt, expiresAt }: Token): 'works' | 'revoked' | 'expired' {
  if (revokedAt !== null) return 'revoked'
  return expiresAt !== null && Date.parse(expiresAt) <= Date.now() ? 'expired' : 'works'
}

function Revoke({ token, onClose }: { readonly token: Token | null; readonly onClose: () => void }) {
  const t = useTokenWords()
  const toast = useToast()
  const revoke = useWrite('revokeApiToken')
  const name = token?.name ?? ''
  return (
    <ConfirmDialog
      isOpen={token !== null}
      onClose={onClose}
      title={t('revoke.title', { name })}
      action={t('revoke')}
      isDangerous
      isBusy={revoke.isPending}
      problem={revoke.error}
      onConfirm={() => {
        if (!token) return
        revoke.mutate(
          { params: { tokenId: token.tokenId } },
          {
            onSuccess: () => {
              onClose()
              toast.done(t('revoke.done', { name }))
            },
          },
        )
      }}
    >
      {t('revoke.text')}
    </ConfirmDialog>
  )
}
