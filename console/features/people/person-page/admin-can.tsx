import { Button, Card, Stack, Text, Title } from '@mantine/core'
import { useId } from 'react'
import { useSession } from '../../../shell/session.tsx'
import { HandOverLink } from '../../handovers/parts/hand-over-link.tsx'
import { type MemberAct, whyNot } from '../actions/member-can.ts'
import type { MemberActions } from '../actions/use-member-actions.tsx'
import { usePeopleWords } from '../words.ts'
import classes from './admin-can.module.css'
import type { MemberDetail } from './member-detail.ts'
import { usePersonPageWords } from './page-words.ts'

const acts = ['left', 'endSessions', 'askDeletion'] as const

interface AdminCanProps {
  readonly member: MemberDetail
  readonly onAct: MemberActions['act']
}

/** ACC-1: the account belongs to its person; what a company can do instead, each with its button or why it is off. */
export function AdminCan({ member, onAct }: AdminCanProps) {
  const t = usePersonPageWords()
  const heading = useId()
  const { memberId } = useSession()
  const { name, status } = member
  if (member.memberId === memberId) return <Text maw={720}>{t('can.own')}</Text>
  return (
    <Card withBorder component="section" aria-labelledby={heading}>
      <Stack gap="sm">
        <Title order={2} size="h4" id={heading}>
          {t('can.title')}
        </Title>
        <Text size="sm" maw={720}>
          {t('can.text', { name })}
        </Text>
        <ul className={classes['ways']}>
          {acts.map((act) => (
            <Way key={act} act={act} member={member} onAct={onAct} />
          ))}
          <li>
            <Text size="sm" className={classes['words']}>
              {t('can.reassign')}
            </Text>
            {status !== 'left' && <HandOverLink leaver={member} variant="default" size="compact-sm" />}
          </li>
        </ul>
      </Stack>
    </Card>
  )
}

function Way({ act, member, onAct }: AdminCanProps & { readonly act: (typeof acts)[number] & MemberAct }) {
  const t = usePersonPageWords()
  const people = usePeopleWords()
  const { company, memberId } = useSession()
  const isGone = act === 'left' && member.status === 'left'
  const reason = whyNot(act, member, { memberId, isOwner: company.role === 'owner' })
  return (
    <li>
      <div className={classes['words']}>
        <Text size="sm">{t(`can.${act}`)}</Text>
        {reason !== null && (
          <Text size="sm" c="dimmed">
            {people(`why.${reason}`)}
          </Text>
        )}
        {isGone && (
          <Text size="sm" c="dimmed">
            {t('can.left.done')}
          </Text>
        )}
      </div>
      {reason === null && !isGone && (
        <Button size="compact-sm" variant="default" onClick={() => onAct(act, member)}>
          {people(`act.${act}`)}
        </Button>
      )}
    </li>
  )
}
