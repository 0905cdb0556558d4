import { Box, Fieldset, Stack, Text } from '@mantine/core'
import { usePhone } from '../../../ui/phone.tsx'
import { RecipientSearch } from '../../numbers/parts/recipient-search.tsx'
import { useBatchWords } from '../words.ts'
import type { DraftLine } from './lines.ts'

// More fields than anybody fills; above that, everything goes to one person, or a list says who gets what.
const mostFields = 60

type Chosen = { readonly memberId: string; readonly name: string }

/** Chooses who is to receive the numbers: one person for all, and others for single ones. */
export function Recipients({
  lines,
  onLines,
}: {
  readonly lines: readonly DraftLine[]
  readonly onLines: (lines: readonly DraftLine[]) => void
}) {
  const t = useBatchWords()
  const write = usePhone()
  const given = (line: DraftLine, to: Chosen | null): DraftLine => ({
    ...line,
    recipient: to?.name ?? '',
    toMemberId: to?.memberId,
  })
  return (
    <Fieldset legend={t('give.title')}>
      <Stack>
        <Box maw={480}>
          <RecipientSearch
            label={t('give.all', { count: lines.length })}
            value={sharedBy(lines)}
            onChange={(to) => onLines(lines.map((line) => given(line, to)))}
          />
        </Box>
        {lines.length > 1 && lines.length <= mostFields && (
          <>
            <Text size="sm">{t('give.single')}</Text>
            <Box
              style={{
                display: 'grid',
                gap: '0.75rem',
                gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 15rem), 1fr))',
              }}
            >
              {lines.map((line) => (
                <RecipientSearch
                  key={line.row}
                  label={write(line.number)}
                  numberId={line.numberId}
                  value={chosenOf(line)}
                  onChange={(to) =>
                    onLines(lines.map((one) => (one.row === line.row ? given(one, to) : one)))
                  }
                />
              ))}
            </Box>
          </>
        )}
      </Stack>
    </Fieldset>
  )
}

function chosenOf({ toMemberId, recipient }: DraftLine): Chosen | null {
  return toMemberId ? { memberId: toMemberId, name: recipient } : null
}

function sharedBy(lines: readonly DraftLine[]): Chosen | null {
  const [first] = lines
  const isShared = lines.every(({ toMemberId }) => toMemberId === first?.toMemberId)
  return first && isShared ? chosenOf(first) : null
}
