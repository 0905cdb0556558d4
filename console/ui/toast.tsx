import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useCommonWords } from './common-words.ts'
import type { ProblemLike } from './states.tsx'

// Long enough to read, reach and press; pointing at it or focusing it stops the time (WCAG 2.2.1).
const showMs = 12_000

export interface Toast {
  /** Says what was done; `onUndo` puts the way back beside it. */
  done(text: string, options?: { readonly onUndo?: () => void }): void
  /** Says what did not work, where no form is left to say it. */
  problem(problem: ProblemLike): void
}

/** Short messages at the edge of the screen; F6 moves the focus to the newest. */
export function useToast(): Toast {
  const t = useCommonWords()
  return useMemo(
    () => ({
      done(text, options) {
        const id = notifications.show({
          role: 'status',
          autoClose: showMs,
          icon: <IconCheck size={18} aria-hidden />,
          color: 'teal.9',
          closeButtonProps: { 'aria-label': t('toast.close') },
          message: (
            <Group justify="space-between" wrap="nowrap" gap="sm">
              <Text size="sm">{text}</Text>
              {options?.onUndo && (
                <Button
                  size="compact-sm"
                  variant="default"
                  style={{ flex: 'none' }}
                  onClick={() => {
                    notifications.hide(id)
                    options.onUndo?.()
                  }}
                >
                  {t('undo')}
                </Button>
              )}
            </Group>
          ),
        })
      },
      problem(problem) {
        const isAway = problem.status === 0
        notifications.show({
          role: 'alert',
          autoClose: 2 * showMs,
          icon: <IconAlertTriangle size={18} aria-hidden />,
          color: 'red.9',
          closeButtonProps: { 'aria-label': t('toast.close') },
          title: isAway ? t('problem.unreachable') : problem.message,
          message: <Text size="sm">{isAway ? t('problem.unreachableNext') : problem.next}</Text>,
        })
      },
    }),
    [t],
  )
}
