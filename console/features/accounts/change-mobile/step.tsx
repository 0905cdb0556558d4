import { Card, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useChangeMobileWords } from './words.ts'

const steps = 3

interface StepProps {
  readonly number: 1 | 2 | 3
  readonly title: string
  readonly children: ReactNode
}

/** One step of the change: how far one is, and its heading, where the focus goes when the step before is done. */
export function Step({ number, title, children }: StepProps) {
  const t = useChangeMobileWords()
  const id = useId()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (number > 1) heading.current?.focus({ preventScroll: true })
  }, [number])
  return (
    <Card withBorder component="section" aria-labelledby={id}>
      <Stack>
        <div>
          <Text size="sm" c="dimmed">
            {t('step', { number, steps })}
          </Text>
          <Title order={2} size="h4" id={id} ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
            {title}
          </Title>
        </div>
        {children}
      </Stack>
    </Card>
  )
}
