import { Skeleton, Stack, Text, Title } from '@mantine/core'
import {
  IconAlertTriangle,
  IconCircleMinus,
  IconCirclePlus,
  IconClock,
  IconInfoCircle,
} from '@tabler/icons-react'
import { useFormat } from '../../../ui/format.ts'
import classes from './reassign-effect.module.css'
import { effectLines, type LineKind, type Shown } from './reassign-lines.ts'
import { useReassignWords } from './reassign-words.ts'

const icons: Readonly<Record<LineKind, typeof IconClock>> = {
  gain: IconCirclePlus,
  lose: IconCircleMinus,
  same: IconInfoCircle,
  wait: IconClock,
  final: IconAlertTriangle,
}

/** What the move would do, before anybody makes it; said anew whenever it changes. */
export function EffectPanel({
  shown,
  isAsking,
}: {
  readonly shown: Shown | null
  readonly isAsking: boolean
}) {
  const t = useReassignWords()
  const format = useFormat()
  return (
    <section className={classes['panel']} aria-labelledby="reassign-effect" aria-busy={isAsking}>
      <Title order={3} size="h6" id="reassign-effect" mb={6}>
        {t('effect.title')}
      </Title>
      <div aria-live="polite">
        {shown ? (
          <ul className={classes['list']}>
            {effectLines(shown, format).map(({ kind, word, values }) => {
              const Icon = icons[kind]
              return (
                <li key={word} className={classes['line']} data-kind={kind}>
                  <Icon size={16} aria-hidden />
                  <span>{t(word, values)}</span>
                </li>
              )
            })}
          </ul>
        ) : isAsking ? (
          <Stack gap={8} py={2}>
            <Skeleton height={14} width="80%" />
            <Skeleton height={14} width="60%" />
            <Skeleton height={14} width="70%" />
          </Stack>
        ) : (
          <Text size="sm">{t('effect.ask')}</Text>
        )}
      </div>
    </section>
  )
}
