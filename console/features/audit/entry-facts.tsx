import { Alert, Stack, Title } from '@mantine/core'
import { IconEraser } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useFormat } from '../../ui/format.ts'
import classes from './entry-facts.module.css'
import { type EntryWord, useEntryWords } from './entry-words.ts'
import { FactValue } from './fact-value.tsx'
import { aboutOf, type Change, changesOf, type Entry, factsOf } from './facts.ts'
import { AboutName, Decider, PersonName, useActorWords } from './names.tsx'

/** A decision in words: about what, when, who, why, and what became of it. */
export function EntryFacts({ entry }: { readonly entry: Entry }) {
  const t = useEntryWords()
  const facts = factsOf(entry)
  const changes = changesOf(entry)
  return (
    <>
      <Decision entry={entry} />
      {facts.length + changes.length > 0 && (
        <Stack gap="xs">
          <Title order={3} size="h5">
            {t('became')}
          </Title>
          <dl className={classes['facts']}>
            {facts.map(({ label, value }) => (
              <Pair key={label} label={t(label)}>
                <FactValue value={value} />
              </Pair>
            ))}
            {changes.map((change) => (
              <ChangePair key={change.field} change={change} />
            ))}
          </dl>
        </Stack>
      )}
      {entry.detailsErased && (
        <Alert role="note" variant="outline" color="gray" icon={<IconEraser aria-hidden />}>
          {t('erased')}
        </Alert>
      )}
    </>
  )
}

function Decision({ entry }: { readonly entry: Entry }) {
  const t = useEntryWords()
  const format = useFormat()
  const { actor, at, reason, seq } = entry
  return (
    <dl className={classes['facts']}>
      <Pair label={t('about')}>
        <AboutName about={aboutOf(entry)} />
      </Pair>
      <Pair label={t('when')}>
        {t('whenText', { exact: format.exact(at), relative: format.relative(at) })}
      </Pair>
      <Pair label={t('by')}>
        <By entry={entry} />
      </Pair>
      {actor.onBehalfOf !== null && (
        <Pair label={t('onBehalfOf')}>
          <Decider actor={actor.onBehalfOf} />
        </Pair>
      )}
      {reason !== null && <Pair label={t('reason')}>{reason}</Pair>}
      <Pair label={t('seal')}>
        {seq === null ? t('seal.soon') : t('seal.place', { seq: format.number(seq) })}
      </Pair>
    </dl>
  )
}

function By({ entry }: { readonly entry: Entry }) {
  const actorWords = useActorWords()
  const { actor, actorName } = entry
  if (actor.kind === 'member' && actor.id !== null && actorName !== null)
    return <PersonName id={actor.id} name={actorName} />
  return actorWords(entry)
}

function Pair({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  )
}

const fieldWords: Readonly<Record<string, EntryWord>> = {
  name: 'fact.name',
  alias: 'field.alias',
  staffCode: 'fact.staffCode',
  email: 'fact.email',
  mobile: 'fact.mobile',
  title: 'field.title',
  label: 'fact.label',
  type: 'fact.type',
  destination: 'field.destination',
}

// A field that has no words here is one that the company made: its name is theirs.
function ChangePair({ change: { field, before, after } }: { readonly change: Change }) {
  const t = useEntryWords()
  const word = fieldWords[field]
  const nothing = t('nothing')
  return (
    <Pair label={word ? t(word) : field}>
      {t('change', { before: before ?? nothing, after: after ?? nothing })}
    </Pair>
  )
}
