import { Button, Group } from '@mantine/core'
import { useSignInWords } from './words.ts'

interface OtherWaysProps<Way extends string> {
  readonly ways: readonly Way[]
  readonly chosen: Way | undefined
  readonly wordOf: (way: Way) => string
  readonly onChoose: (way: Way) => void
  /** Gives this sign-in up. */
  readonly onAgain: () => void
}

/** The ways to prove it that are not shown now, and the way back to the start. */
export function OtherWays<Way extends string>(props: OtherWaysProps<Way>) {
  const t = useSignInWords()
  const { ways, chosen, wordOf, onChoose, onAgain } = props
  return (
    <Group gap="xs">
      {ways
        .filter((way) => way !== chosen)
        .map((way) => (
          <Button key={way} variant="default" size="md" onClick={() => onChoose(way)}>
            {wordOf(way)}
          </Button>
        ))}
      <Button variant="subtle" size="md" onClick={onAgain}>
        {t('again')}
      </Button>
    </Group>
  )
}
