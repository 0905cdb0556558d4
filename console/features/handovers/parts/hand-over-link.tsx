import { Button, type ButtonProps } from '@mantine/core'
import { IconTransfer } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { useHandoverWords } from '../words.ts'

interface HandOverLinkProps extends Pick<ButtonProps, 'variant' | 'size'> {
  /** Whose holdings pass on; left out where that is still to be chosen. */
  readonly leaver?: { readonly memberId: string; readonly name: string }
  readonly kind?: 'leave' | 'move' | 'loan'
  readonly word?: 'leaving' | 'handOver' | 'gone'
}

/** Leads to the plan of a handover, for those who may make one. */
export function HandOverLink({ leaver, kind = 'leave', word = 'handOver', ...look }: HandOverLinkProps) {
  const t = useHandoverWords()
  const { slug, can } = useSession()
  if (!can('handovers:write')) return null
  const search = {
    ...(leaver ? { leaver: leaver.memberId } : {}),
    ...(kind === 'leave' ? {} : { kind }),
    ...(word === 'gone' ? { gone: true } : {}),
  }
  return (
    <Button
      component={Link}
      to={paths.newHandover(slug)}
      search={search as never}
      leftSection={<IconTransfer size={18} aria-hidden />}
      {...(leaver ? { 'aria-label': t(`begin.${word}Of`, { name: leaver.name }) } : {})}
      {...look}
    >
      {t(`begin.${word}`)}
    </Button>
  )
}
