import { Button, List, Stack, Text } from '@mantine/core'
import { paths } from '../../paths.ts'
import { useFormat } from '../../ui/format.ts'
import { useDeleteAccountWords } from './delete-account/words.ts'
import { Door } from './door.tsx'

/** After the request, signed out: until when signing in keeps the account. */
export function AccountEnding() {
  const t = useDeleteAccountWords()
  const f = useFormat()
  const at = new URLSearchParams(window.location.search).get('at') ?? ''
  const isOver = !(Date.parse(at) > Date.now())
  if (isOver)
    return (
      <Door title={t('ending.over')}>
        <Text role="status">{t('ending.overText')}</Text>
      </Door>
    )
  return (
    <Door title={t('ending')} text={t('ending.text', { time: f.dateTime(at) })}>
      <Stack>
        <List spacing={6} withPadding>
          <List.Item>{t('ending.signedOut')}</List.Item>
          <List.Item>{t('ending.cancel')}</List.Item>
          <List.Item>{t('ending.told')}</List.Item>
        </List>
        <Button component="a" href={paths.signIn()} variant="default" size="md">
          {t('ending.keep')}
        </Button>
      </Stack>
    </Door>
  )
}
