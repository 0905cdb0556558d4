import { ActionIcon, Button, Group, Menu, Text } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import type { Item } from '../../../api/client.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { useCommonWords } from '../../../ui/common-words.ts'
import { useFormat } from '../../../ui/format.ts'
import { ScreenLink } from '../../../ui/link.tsx'
import { Phone, usePhone } from '../../../ui/phone.tsx'
import type { NumberActions } from '../../numbers/parts/number-actions.tsx'
import { whyNot } from '../../numbers/parts/number-can.ts'
import { NumberMenu } from '../../numbers/parts/number-menu.tsx'
import classes from './holds-tab.module.css'
import { usePersonPageWords } from './page-words.ts'

interface HeldNumberProps {
  readonly number: Item<'listNumbers'>
  readonly onAct: NumberActions['act']
}

/** A number that somebody holds, with what waits for it and the ways to pass it on. */
export function HeldNumber({ number, onAct }: HeldNumberProps) {
  const { slug } = useSession()
  return (
    <li className={classes['entry']}>
      <div className={classes['what']}>
        <ScreenLink to={paths.number(slug, number.numberId)} fw={600}>
          <Phone e164={number.e164} />
        </ScreenLink>
        {number.label && (
          <Text span ml="xs">
            {number.label}
          </Text>
        )}
        <Text size="sm" c="dimmed">
          <When number={number} />
        </Text>
      </div>
      <Acts number={number} onAct={onAct} />
    </li>
  )
}

function When({ number }: Pick<HeldNumberProps, 'number'>) {
  const t = usePersonPageWords()
  const format = useFormat()
  const { heldSince, availableAt, waiting } = number
  const parts = [
    heldSince && t('holds.since', { time: format.dateTime(heldSince) }),
    availableAt && t('holds.cooling', { time: format.time(availableAt) }),
    ...waiting.map(({ kind, to, dueAt }) =>
      kind === 'return'
        ? t('holds.returns', { name: to.name, time: format.dateTime(dueAt) })
        : t('holds.waits', { name: to.name }),
    ),
  ]
  return parts.filter(Boolean).join(' · ')
}

function Acts({ number, onAct }: HeldNumberProps) {
  const t = usePersonPageWords()
  const common = useCommonWords()
  const { can } = useSession()
  const written = usePhone()(number.e164)
  const mayMove = can('numbers:write')
  if (!mayMove && !can('requests:create')) return null
  const isOff = whyNot('reassign', number, Date.now()) !== null
  return (
    <Group gap="xs">
      {!isOff && (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t(mayMove ? 'holds.reassignOf' : 'holds.proposeOf', { number: written })}
          onClick={() => onAct('reassign', number)}
        >
          {t(mayMove ? 'holds.reassign' : 'holds.propose')}
        </Button>
      )}
      {mayMove && (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('holds.parkOf', { number: written })}
          onClick={() => onAct('park', number)}
        >
          {t('holds.park')}
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" size={28} aria-label={`${common('more')} ${written}`}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <NumberMenu number={number} onAct={onAct} />
        </Menu.Dropdown>
      </Menu>
    </Group>
  )
}
