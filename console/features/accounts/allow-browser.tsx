import { Button, Text } from '@mantine/core'
import { useWrite } from '../../api/write.ts'
import { paths } from '../../paths.ts'
import { LinkPage } from './ways-back/link-page.tsx'
import { useWaysBackWords } from './ways-back/words.ts'

/** Lets this browser sign in although others failed too often, by the link that was sent to the person. */
export function AllowBrowser({ token }: { readonly token: string }) {
  const t = useWaysBackWords()
  const allow = useWrite('allowBrowser')
  return (
    <LinkPage
      token={token}
      title={t('browser.title')}
      text={t('browser.text')}
      effects={[t('browser.only'), t('browser.not')]}
      action={t('browser.action')}
      isBusy={allow.isPending}
      problem={allow.error}
      onGo={(settled) => allow.mutate({ body: { token } }, settled)}
      done={
        allow.isSuccess
          ? {
              title: t('browser.doneTitle'),
              content: (
                <>
                  <Text>{t('browser.done')}</Text>
                  <Button component="a" href={paths.signIn()} size="md">
                    {t('signIn')}
                  </Button>
                </>
              ),
            }
          : null
      }
    />
  )
}
