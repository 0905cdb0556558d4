import { UnstyledButton } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useImportWords } from '../words.ts'
import classes from './wizard-steps.module.css'

export const wizardSteps = ['file', 'mapping', 'repair', 'preview', 'done'] as const
export type WizardStep = (typeof wizardSteps)[number]

interface StepsProps {
  readonly step: WizardStep
  /** The last one that can be gone to. */
  readonly reached: WizardStep
  readonly onStep: (step: WizardStep) => void
}

/** Where one is on the way of a file, and the ways back. */
export function WizardSteps({ step, reached, onStep }: StepsProps) {
  const t = useImportWords()
  const at = wizardSteps.indexOf(step)
  const last = wizardSteps.indexOf(reached)
  return (
    <nav aria-label={t('steps.label')}>
      <ol className={classes['steps']}>
        {wizardSteps.map((one, place) => (
          <li key={one} className={classes['step']}>
            <UnstyledButton
              className={classes['button']}
              disabled={place > last}
              aria-current={one === step ? 'step' : undefined}
              data-done={place < at || undefined}
              onClick={() => one !== step && onStep(one)}
            >
              <span className={classes['number']} aria-hidden="true">
                {place < at ? <IconCheck size={14} /> : place + 1}
              </span>
              {t(`step.${one}`)}
            </UnstyledButton>
          </li>
        ))}
      </ol>
    </nav>
  )
}
