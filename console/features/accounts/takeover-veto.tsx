import { Text } from '@mantine/core'
import { useState } from 'react'
import { useWrite } from '../../api/write.ts'
import { paths } from '../../paths.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { LinkPage } from './ways-back/link-page.tsx'
import { tokenInAddress } from './ways-back/link-token.ts'
import { useWaysBackWords } from './ways-back/words.ts'

/** ACC-5, ACC-6: objects to a phone's leaving the own account: stops it while it waits, and has it looked into afterwards. */
export function TakeoverVeto() {
  const t = useWaysBackWords()
  const [token] = useState(() => tokenInAddress(window.location.hash))
  const object = useWrite('objectToTakeover')
  const outcome = object.data?.outcome
  return (
    <LinkPage
      token={token}
      title={t('veto.title')}
      text={t('veto.text')}
      effects={[t('veto.waiting'), t('veto.moved')]}
      action={t('veto.action')}
      isBusy={object.isPending}
      problem={object.error}
      onGo={(settled) => token !== null && object.mutate({ body: { token } }, settled)}
      done={
        outcome
          ? {
              title: t(`veto.${outcome}Title`),
              content: (
                <>
                  <Text>{t(`veto.${outcome}`)}</Text>
                  <Text>{t(`veto.${outcome}Next`)}</Text>
                  <ScreenLink to={paths.signIn()}>{t('signIn')}</ScreenLink>
                </>
              ),
            }
          : null
      }
    />
  )
}
