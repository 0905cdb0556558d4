import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useRead } from '../../../api/read.ts'
import { useWrite } from '../../../api/write.ts'
import { LoadingState, ProblemAlert, ProblemState } from '../../../ui/states.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { Section } from './section.tsx'
import { useMyAccountWords } from './words.ts'

/** Where the calls of one's numbers ring. */
export function Destination({ memberId }: { readonly memberId: string }) {
  const t = useMyAccountWords()
  const query = useRead('readMember', { params: { memberId } })
  return (
    <Section title={t('destination')} text={t('destination.text')}>
      {query.data ? (
        <DestinationForm now={query.data.destination} />
      ) : query.error ? (
        <ProblemState problem={query.error} onRetry={() => query.refetch()} />
      ) : (
        <LoadingState rows={2} />
      )}
    </Section>
  )
}

function DestinationForm({ now }: { readonly now: string | null }) {
  const t = useMyAccountWords()
  const toast = useToast()
  const [typed, setTyped] = useState(now ?? '')
  useEffect(() => setTyped(now ?? ''), [now])
  const write = useWrite('changeOwnDestination')
  const back = useWrite('changeOwnDestination')
  function change(wanted: string | null) {
    write.mutate(
      { body: { destination: wanted } },
      {
        onSuccess: ({ destination }) => {
          setTyped(destination ?? '')
          const text =
            destination === null ? t('destination.cleared') : t('destination.saved', { destination })
          toast.done(text, {
            onUndo: () => back.mutate({ body: { destination: now } }, { onError: toast.problem }),
          })
        },
      },
    )
  }
  const wanted = typed.trim()
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (wanted !== '') change(wanted)
      }}
    >
      <Stack gap="sm">
        {now === null && <Text>{t('destination.nowhere')}</Text>}
        <TextInput
          label={t('destination.field')}
          description={t('destination.help')}
          value={typed}
          maxLength={200}
          error={write.error?.code === 'member.destination_invalid'}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
        />
        <ProblemAlert problem={write.error} />
        <Group gap="sm">
          <Button type="submit" loading={write.isPending} disabled={wanted === '' || wanted === now}>
            {t('destination.save')}
          </Button>
          {now !== null && (
            <Button variant="default" disabled={write.isPending} onClick={() => change(null)}>
              {t('destination.clear')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}
