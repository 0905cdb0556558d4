import { Box, CloseButton, Combobox, Group, Loader, Text, TextInput, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { usePages } from '../../../api/read.ts'
import { useFormat } from '../../../ui/format.ts'
import { useProblemWords } from '../../../ui/states.tsx'
import { useReassignWords } from './reassign-words.ts'
import type { ChosenRecipient, Recipient } from './recipient.ts'
import { RecipientRefused, useRecipientReason } from './recipient-refused.tsx'
import classes from './recipient-search.module.css'

export interface RecipientSearchProps {
  /** The number to be passed on: its holder is then among those who cannot be chosen. */
  readonly numberId?: string | undefined
  readonly value: ChosenRecipient | null
  readonly onChange: (recipient: ChosenRecipient | null) => void
  readonly label: string
  readonly error?: ReactNode
  readonly isRequired?: boolean
  /** Takes the focus when it appears, as the first field of a dialog. */
  readonly isFirst?: boolean
}

const pauseMs = 150
const pageSize = 30

/** Finds a member who can receive numbers; those who cannot are shown with the reason and the ways out (NUM-3). */
export function RecipientSearch(props: RecipientSearchProps) {
  const { value, onChange, isFirst = false } = props
  const t = useReassignWords()
  const [typed, setTyped] = useState<string | null>(null)
  const [refused, setRefused] = useState<Recipient | null>(null)
  const input = useRef<HTMLInputElement>(null)
  // The dialog itself looks for its first field only when it opens, which may be before the answer that this waits for.
  useEffect(() => {
    if (isFirst) input.current?.focus()
  }, [isFirst])
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const found = useFound(typed ?? '', props.numberId, combobox.dropdownOpened)

  function choose(memberId: string) {
    const recipient = found.items.find((item) => item.memberId === memberId)
    if (!recipient) return
    setTyped(null)
    setRefused(recipient.refusal ? recipient : null)
    onChange(recipient.refusal ? null : { memberId: recipient.memberId, name: recipient.name })
    combobox.closeDropdown()
  }

  function type(text: string) {
    setTyped(text)
    setRefused(null)
    if (value) onChange(null)
    combobox.resetSelectedOption()
    combobox.openDropdown()
  }

  return (
    <Box>
      <Combobox store={combobox} onOptionSubmit={choose} withinPortal={false}>
        <Combobox.Target autoComplete="off" withExpandedAttribute>
          <TextInput
            ref={input}
            label={props.label}
            placeholder={t('recipient.placeholder')}
            error={props.error}
            withAsterisk={props.isRequired ?? false}
            aria-required={props.isRequired ?? false}
            data-autofocus={isFirst || undefined}
            value={typed ?? value?.name ?? ''}
            onChange={(event) => type(event.currentTarget.value)}
            onClick={() => combobox.openDropdown()}
            onKeyDown={keepEnter}
            onBlur={() => {
              combobox.closeDropdown()
              if (value) setTyped(null)
            }}
            rightSectionPointerEvents="auto"
            rightSection={<Aside isBusy={found.isBusy} onClear={value || typed ? () => type('') : null} />}
          />
        </Combobox.Target>
        <Combobox.Dropdown>
          <Options found={found} label={props.label} chosenId={value?.memberId ?? null} />
        </Combobox.Dropdown>
      </Combobox>
      {refused && <RecipientRefused recipient={refused} />}
    </Box>
  )
}

// Enter chooses here; a form is sent by its button only.
function keepEnter(event: KeyboardEvent): void {
  if (event.key === 'Enter' && !event.nativeEvent.isComposing) event.preventDefault()
}

interface Found {
  readonly items: readonly Recipient[]
  readonly problem: Parameters<typeof useProblemWords>[0] | null
  readonly isBusy: boolean
  readonly isAnswered: boolean
  readonly hasMore: boolean
}

function useFound(typed: string, numberId: string | undefined, isOpen: boolean): Found {
  const [search] = useDebouncedValue(typed.trim().slice(0, 100), pauseMs)
  const { items, query } = usePages(
    'listRecipients',
    { query: { ...(search ? { search } : {}), ...(numberId ? { numberId } : {}) } },
    { enabled: isOpen, keepsPrevious: true, pageSize },
  )
  return {
    items,
    problem: query.error,
    isBusy: isOpen && query.isFetching,
    isAnswered: query.isSuccess,
    hasMore: query.hasNextPage,
  }
}

function Aside({ isBusy, onClear }: { readonly isBusy: boolean; readonly onClear: (() => void) | null }) {
  const t = useReassignWords()
  if (isBusy) return <Loader size={16} aria-hidden />
  return onClear ? (
    <CloseButton
      size="sm"
      aria-label={t('recipient.clear')}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onClear}
    />
  ) : null
}

function Options({
  found,
  label,
  chosenId,
}: {
  readonly found: Found
  readonly label: string
  readonly chosenId: string | null
}) {
  const t = useReassignWords()
  return (
    <>
      <Combobox.Options mah={320} style={{ overflowY: 'auto' }} aria-label={label}>
        {found.items.map((recipient) => (
          <Combobox.Option
            key={recipient.memberId}
            value={recipient.memberId}
            className={classes['option']}
            active={recipient.memberId === chosenId}
            aria-selected={recipient.memberId === chosenId}
            // Still reached by arrow keys, so that the reason can be read.
            aria-disabled={recipient.refusal !== null}
          >
            <OptionRow recipient={recipient} />
          </Combobox.Option>
        ))}
        {found.isAnswered && found.items.length === 0 && (
          <Combobox.Empty>{t('recipient.none')}</Combobox.Empty>
        )}
        {found.problem && <Problem problem={found.problem} />}
      </Combobox.Options>
      {found.hasMore && <Combobox.Footer>{t('recipient.more')}</Combobox.Footer>}
    </>
  )
}

function Problem({ problem }: { readonly problem: Parameters<typeof useProblemWords>[0] }) {
  const words = useProblemWords(problem)
  return <Combobox.Empty>{words.title}</Combobox.Empty>
}

function OptionRow({ recipient }: { readonly recipient: Recipient }) {
  const reason = useRecipientReason()
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm" align="flex-start">
      <Box style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        <Text size="sm" fw={600}>
          {recipient.name}
          {recipient.alias && (
            <Text span size="sm" ml={6}>
              {recipient.alias}
            </Text>
          )}
        </Text>
        <Text size="xs">{[...recipient.departments, recipient.staffCode].join(' · ')}</Text>
        {recipient.refusal && (
          <Text size="xs" c="var(--mantine-color-error)">
            {reason(recipient).title}
          </Text>
        )}
      </Box>
      <Load recipient={recipient} />
    </Group>
  )
}

function Load({ recipient: { held, incoming, cap } }: { readonly recipient: Recipient }) {
  const t = useReassignWords()
  const format = useFormat()
  const counted = held + incoming
  return (
    <Box style={{ flex: 'none' }}>
      <Text size="xs" ta="end">
        {t('load', { held: format.number(counted), cap: format.number(cap) })}
      </Text>
      <div className={classes['bar']} aria-hidden="true">
        <div
          className={classes['fill']}
          data-full={counted >= cap || undefined}
          style={{ width: `${Math.min(100, (100 * counted) / cap)}%` }}
        />
      </div>
      {incoming > 0 && (
        <Text size="xs" ta="end">
          {t('load.incoming', { count: incoming })}
        </Text>
      )}
    </Box>
  )
}
