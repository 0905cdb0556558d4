import { Alert, Button, Group, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { lazy, Suspense } from 'react'
import { useRead } from '../api/read.ts'
import { useWrite } from '../api/write.ts'
import { paths } from '../paths.ts'
import { useSession } from './session.tsx'
import { useShellWords } from './words.ts'

const ConfirmDialog = lazy(() =>
  import('../ui/confirm-dialog.tsx').then((room) => ({ default: room.ConfirmDialog })),
)

/** Says on every screen of the sample that it is one; its Owner takes it away here. */
export function SampleBanner() {
  const company = useRead('readCompany', {}, { staleMs: 60_000 })
  return company.data?.isSample ? <Banner name={company.data.name} /> : null
}

function Banner({ name }: { readonly name: string }) {
  const t = useShellWords()
  const { company } = useSession()
  const [isOpen, { open, close }] = useDisclosure(false)
  const remove = useWrite('removeSample')
  return (
    <Alert variant="outline" mb="md" p="xs">
      <Group justify="space-between" gap="xs">
        <Text size="sm">{t('sample.text')}</Text>
        {company.role === 'owner' && (
          <Button variant="default" size="xs" onClick={open}>
            {t('sample.remove')}
          </Button>
        )}
      </Group>
      <Suspense fallback={null}>
        <ConfirmDialog
          isOpen={isOpen}
          onClose={close}
          title={t('sample.title', { name })}
          action={t('sample.remove')}
          isDangerous
          isBusy={remove.isPending}
          problem={remove.error}
          onConfirm={() => remove.mutate({}, { onSuccess: () => window.location.assign(paths.start()) })}
        >
          {t('sample.confirm')}
        </ConfirmDialog>
      </Suspense>
    </Alert>
  )
}
