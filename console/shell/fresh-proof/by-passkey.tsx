import { Button, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useApi } from '../../api/company.tsx'
import { usePasskeys } from '../../ui/proof/passkey.ts'
import { WaitingProblem } from '../../ui/proof/waiting-problem.tsx'
import type { ProblemLike } from '../../ui/states.tsx'
import { useFreshProofWords } from './words.ts'

/** By a passkey of the account. */
export function ByPasskey({ onDone }: { readonly onDone: () => void }) {
  const t = useFreshProofWords()
  const api = useApi()
  const passkeys = usePasskeys()
  const prove = useMutation<unknown, Error & ProblemLike, void>({
    mutationFn: async () => {
      const { confirmationId, options } = await api.call('beginConfirmation', { body: { by: 'passkey' } })
      const passkey = await passkeys.ask(options ?? {})
      return api.call('confirmAccount', { params: { confirmationId }, body: { passkey } })
    },
    onSuccess: onDone,
  })
  return (
    <Stack>
      <Text size="sm">{t('passkeyText')}</Text>
      <WaitingProblem problem={prove.error} />
      <Button size="md" onClick={() => prove.mutate()} loading={prove.isPending} autoFocus>
        {t('usePasskey')}
      </Button>
    </Stack>
  )
}
