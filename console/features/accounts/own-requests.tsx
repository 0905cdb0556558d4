import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { Link, useLocation } from '@tanstack/react-router'
import { useState } from 'react'
import type { Item } from '../../api/client.ts'
import { useRead } from '../../api/read.ts'
import { useWrite } from '../../api/write.ts'
import { paths } from '../../paths.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { useFormat } from '../../ui/format.ts'
import { useToast } from '../../ui/toast.tsx'
import { useSecurityWords } from './security/words.ts'

/** Companies that ask the person to delete the account: only the person decides (ACC-1). */
export function OwnRequests() {
  const { items = [] } = useRead('listOwnRequests', {}).data ?? {}
  return items.map((request) => <OwnRequest key={request.requestId} request={request} />)
}

function OwnRequest({ request }: { readonly request: Item<'listOwnRequests'> }) {
  const t = useSecurityWords()
  const f = useFormat()
  const toast = useToast()
  const { pathname } = useLocation()
  const [isAsking, setAsking] = useState(false)
  const decline = useWrite('declineRequest')
  const company = request.company.name
  function answer() {
    decline.mutate(
      { params: { requestId: request.requestId } },
      { onSuccess: () => toast.done(t('asked.declined', { company })) },
    )
  }
  return (
    <Alert
      component="section"
      role="region"
      variant="outline"
      icon={<IconInfoCircle aria-hidden />}
      title={t('asked', { company })}
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
    >
      <Stack gap="sm">
        {request.reason !== null && (
          <Text component="blockquote" m={0} style={{ overflowWrap: 'anywhere' }}>
            {t('asked.reason', { reason: request.reason })}
          </Text>
        )}
        <Text size="sm">
          {f.sentences(t('asked.on', { time: f.date(request.askedAt) }), t('asked.text'))}
        </Text>
        <Group gap="xs">
          {pathname !== paths.deleteAccount() && (
            <Button component={Link} to={paths.deleteAccount()} variant="default">
              {t('asked.go')}
            </Button>
          )}
          <Button variant="default" onClick={() => setAsking(true)}>
            {t('asked.decline')}
          </Button>
        </Group>
      </Stack>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('asked.declineTitle', { company })}
        action={t('asked.decline')}
        isBusy={decline.isPending}
        problem={decline.error}
        onConfirm={answer}
      >
        {t('asked.declineText', { company })}
      </ConfirmDialog>
    </Alert>
  )
}
