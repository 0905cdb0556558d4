import { Text } from '@mantine/core'
import { useState } from 'react'
import { useWrite } from '../../api/write.ts'
import { paths } from '../../paths.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { LinkPage } from './ways-back/link-page.tsx'
import { tokenInAddress } from './ways-back/link-token.ts'
import { useWaysBackWords } from './ways-back/words.ts'

/** ACC-9: objects to a change of the own account, by the link that told of it. */
export function Objection() {
  const t = useWaysBackWords()
  const [token] = useState(() => tokenInAddress(window.location.hash))
  const object = useWrite('objectToChange')
  const done = object.data
  return (
    <LinkPage
      token={token}
      title={t('objection.title')}
      text={t('objection.text')}
      effects={[t('objection.freezes'), t('objection.ends'), t('objection.password'), t('objection.settle')]}
      action={t('objection.action')}
      isBusy={object.isPending}
      problem={object.error}
      onGo={(settled) => token !== null && object.mutate({ body: { token } }, settled)}
      done={
        done
          ? {
              title: t('objection.doneTitle'),
              content: (
                <>
                  <Text>{t(`objection.kind.${done.kind}`)}</Text>
                  <Text>
                    {t('objection.frozen', { count: done.frozenChanges })}{' '}
                    {t('objection.ended', { count: done.endedSessions })}
                  </Text>
                  <Text>{t('objection.next')}</Text>
                  <ScreenLink to={paths.signIn()}>{t('signIn')}</ScreenLink>
                </>
              ),
            }
          : null
      }
    />
  )
}
