import { Alert, Stack, Text } from '@mantine/core'
import { IconLink } from '@tabler/icons-react'
import { useRead } from '../../../api/read.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { ScreenLink } from '../../../ui/link.tsx'
import { usePhone } from '../../../ui/phone.tsx'
import { useInvitationWords } from '../words.ts'

const shownAtMost = 5

interface LinkedProps {
  readonly name: string
  readonly numberIds: readonly string[]
}

/** Numbers of the invited that an earlier account still has: on their pages somebody chooses how they come free (ACC-11). */
export function LinkedNumbers({ name, numberIds }: LinkedProps) {
  const t = useInvitationWords()
  if (numberIds.length === 0) return null
  return (
    <Alert variant="outline" icon={<IconLink />} title={t('linked.title', { name, count: numberIds.length })}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t('linked.text', { name })}</Text>
        {numberIds.slice(0, shownAtMost).map((numberId) => (
          <LinkedNumber key={numberId} numberId={numberId} />
        ))}
      </Stack>
    </Alert>
  )
}

function LinkedNumber({ numberId }: { readonly numberId: string }) {
  const t = useInvitationWords()
  const { slug } = useSession()
  const phone = usePhone()
  const { data } = useRead('getNumber', { params: { numberId } })
  if (!data) return null
  return (
    <ScreenLink to={paths.number(slug, numberId)}>
      {t('linked.open', { number: phone(data.e164) })}
    </ScreenLink>
  )
}
