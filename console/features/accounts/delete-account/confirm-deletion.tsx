import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import type { Answer, ApiProblem } from '../../../api/client.ts'
import { useApi } from '../../../api/company.tsx'
import { withFreshProof } from '../../../api/fresh-proof.ts'
import { paths } from '../../../paths.ts'
import { useFormat } from '../../../ui/format.ts'
import { ProblemAlert } from '../../../ui/states.tsx'
import { useDeleteAccountWords } from './words.ts'

type Deletion = Answer<'readDeletion'>

// All sessions end by it: what is on the screen is not asked for again, which would lead to the sign-in page.
function useStartDeletion() {
  const api = useApi()
  const client = useQueryClient()
  return useMutation<Deletion, ApiProblem, string>({
    mutationFn: (typed) => withFreshProof(() => api.call('startDeletion', { body: { typed } })),
    onSuccess: async (started) => {
      await client.cancelQueries()
      window.location.assign(paths.deletionWaits(started.waiting?.endsAt ?? started.endsAt))
    },
  })
}

/** The phrase that has to be typed, and the end. */
export function ConfirmDeletion({ deletion: { phrase } }: { readonly deletion: Deletion }) {
  const t = useDeleteAccountWords()
  const { language } = useFormat()
  const [typed, setTyped] = useState('')
  const start = useStartDeletion()
  const wanted = language === 'en' ? phrase.en : phrase.zh
  const isRight = [phrase.en, phrase.zh].includes(typed.trim())
  function submit(event: SubmitEvent) {
    event.preventDefault()
    if (isRight) start.mutate(typed.trim())
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t('type', { phrase: wanted })}
          description={t('type.text')}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          size="md"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <ProblemAlert problem={start.error} />
        <Group>
          <Button
            type="submit"
            color="red.9"
            size="md"
            loading={start.isPending || start.isSuccess}
            disabled={!isRight}
          >
            {t('do')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
