import { Button, Group } from '@mantine/core'
import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Draft } from '../use-draft.ts'
import { useImportWords } from '../words.ts'
import type { WizardStep } from './wizard-steps.tsx'

export interface StepProps {
  readonly draft: Draft
  readonly goTo: (step: WizardStep) => void
}

interface FootProps {
  readonly back?: (() => void) | undefined
  readonly next?: (() => void) | undefined
  /** What the button to the next step says. */
  readonly nextLabel?: string
  readonly isNextOff?: boolean
  /** Another button in place of the one that goes on. */
  readonly children?: ReactNode
}

/** The ways to the steps before and after. */
export function StepFoot({ back, next, nextLabel, isNextOff = false, children }: FootProps) {
  const t = useImportWords()
  return (
    <Group justify="space-between" gap="sm">
      {back ? (
        <Button variant="default" leftSection={<IconArrowLeft size={18} aria-hidden />} onClick={back}>
          {t('back')}
        </Button>
      ) : (
        <span />
      )}
      {children}
      {next && (
        <Button rightSection={<IconArrowRight size={18} aria-hidden />} onClick={next} disabled={isNextOff}>
          {nextLabel}
        </Button>
      )}
    </Group>
  )
}
