import type { ReactNode } from 'react'
import { Door as Frame } from '../../ui/door.tsx'
import { useDoorWords } from './door-words.ts'

interface DoorProps {
  readonly title: string
  readonly text?: string
  /** For pages that are read rather than filled in. */
  readonly isWide?: boolean
  readonly children: ReactNode
}

/** A page before one is inside: it says what Baton is. */
export function Door({ isWide = false, ...page }: DoorProps) {
  const t = useDoorWords()
  return <Frame tagline={t('tagline')} width={isWide ? 'wide' : 'narrow'} {...page} />
}
