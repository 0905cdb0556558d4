import {
  Alert,
  Button,
  Checkbox,
  Group,
  Modal,
  Radio,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { lazy, type SubmitEvent, Suspense, useState } from 'react'
import type { Answer } from '../../../api/client.ts'
import { useRead } from '../../../api/read.ts'
import { useWrite } from '../../../api/write.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { useCommonWords } from '../../../ui/common-words.ts'
import { ScreenLink } from '../../../ui/link.tsx'
import { usePhone } from '../../../ui/phone.tsx'
import { LoadingState, ProblemAlert } from '../../../ui/states.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { useTakeoverWords } from '../words.ts'
import {
  type Answers,
  bodyOf,
  type How,
  hows,
  localTime,
  noAnswers,
  solutionOf,
  whoStandsInTheWay,
} from './answers.ts'

const PassOnFirst = lazy(() =>
  import('./pass-on-first.tsx').then((module) => ({ default: module.PassOnFirst })),
)

interface ChooserProps {
  readonly numberId: string
  readonly e164: string
  /** What hangs on the number now. */
  readonly found: Answer<'listBindings'>
  /** Somebody holds it. */
  readonly isHeld: boolean
  /** Gives it another holder, and comes back. */
  readonly onPassOn: () => void
  readonly onClose: () => void
}

/** Asks the conditions of the manual and leads to one of its two solutions (ACC-11, S000). */
export function ChooserDialog(props: ChooserProps) {
  const t = useTakeoverWords()
  const common = useCommonWords()
  const number = usePhone()(props.e164)
  const { isStillLinked, bindings } = props.found
  const memberId = whoStandsInTheWay(bindings)
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={t('dialog.title', { number })}
      closeButtonProps={{ 'aria-label': common('close') }}
      size="lg"
    >
      {!isStillLinked ? (
        <NothingToFree {...props} />
      ) : memberId === null ? (
        <Form {...props} />
      ) : (
        <OfMember {...props} memberId={memberId} />
      )}
    </Modal>
  )
}

/** The number hangs on no earlier account: either it is free, or whoever uses it still holds it. */
function NothingToFree({ found: { bindings }, onClose, onPassOn }: ChooserProps) {
  const t = useTakeoverWords()
  const holder = bindings.find(({ of }) => of === 'holder')
  if (!holder?.memberId) return <Explained onClose={onClose}>{t('free.none')}</Explained>
  const { memberId, memberName } = holder
  return (
    <Suspense fallback={<LoadingState rows={3} />}>
      <PassOnFirst holder={{ memberId, name: memberName ?? '' }} onPassOn={onPassOn} />
    </Suspense>
  )
}

/** The earlier account is that of a member: while they work here, they alone move the number out of it. */
function OfMember(props: ChooserProps & { readonly memberId: string }) {
  const t = useTakeoverWords()
  const { memberId, onClose } = props
  const { data: member, isPending } = useRead('readMember', { params: { memberId } })
  if (isPending) return <LoadingState rows={3} />
  if (member?.status !== 'active') return <Form {...props} />
  return (
    <Explained onClose={onClose} memberId={memberId}>
      {t('free.member', { name: member.name })}
    </Explained>
  )
}

interface ExplainedProps {
  readonly children: string
  readonly memberId?: string | null
  readonly onClose: () => void
}

function Explained({ children, memberId = null, onClose }: ExplainedProps) {
  const t = useTakeoverWords()
  const common = useCommonWords()
  const { slug } = useSession()
  return (
    <Stack>
      <Text>{children}</Text>
      {memberId !== null && (
        <ScreenLink to={paths.person(slug, memberId)} search={{ tab: 'account' }}>
          {t('free.person')}
        </ScreenLink>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {common('close')}
        </Button>
      </Group>
    </Stack>
  )
}

function Form({ numberId, isHeld, onClose, onPassOn }: ChooserProps) {
  const t = useTakeoverWords()
  const common = useCommonWords()
  const toast = useToast()
  const choose = useWrite('chooseRebinding')
  const [answers, setAnswers] = useState<Answers>(noAnswers)
  const body = bodyOf(answers)
  const lacksHolder = !isHeld && solutionOf(answers) === 'take_over'
  function submit(event: SubmitEvent) {
    event.preventDefault()
    if (body === null) return
    choose.mutate(
      { params: { numberId }, body },
      {
        onSuccess: () => {
          toast.done(t('done'))
          onClose()
        },
      },
    )
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text>{t('dialog.text')}</Text>
        <Questions answers={answers} onAnswers={(change) => setAnswers({ ...answers, ...change })} />
        <Result answers={answers} />
        {lacksHolder && <AssignFirst onAssign={onPassOn} />}
        <ProblemAlert problem={choose.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" loading={choose.isPending} disabled={body === null || lacksHolder}>
            {t('do')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** Solution 2 is done by the new holder, so there has to be one. */
function AssignFirst({ onAssign }: { readonly onAssign: () => void }) {
  const t = useTakeoverWords()
  return (
    <Group gap="sm">
      <Text size="sm" style={{ flex: '1 1 14rem' }}>
        {t('assignFirst')}
      </Text>
      <Button variant="default" onClick={onAssign}>
        {t('assignFirst.do')}
      </Button>
    </Group>
  )
}

interface QuestionsProps {
  readonly answers: Answers
  readonly onAnswers: (change: Partial<Answers>) => void
}

function Questions({ answers, onAnswers }: QuestionsProps) {
  const t = useTakeoverWords()
  const { owned, available, agrees } = answers
  return (
    <>
      <Radio.Group
        label={t('owned')}
        value={owned ?? ''}
        onChange={(value) => onAnswers({ owned: value === 'yes' ? 'yes' : 'no' })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="yes" label={t('owned.yes')} />
          <Radio value="no" label={t('owned.no')} />
        </Stack>
      </Radio.Group>
      {owned === 'yes' && (
        <Radio.Group
          label={t('available')}
          value={available ?? ''}
          onChange={(value) => onAnswers({ available: value === 'yes' ? 'yes' : 'no' })}
        >
          <Stack gap="xs" mt="xs">
            <Radio value="yes" label={t('available.yes')} />
            <Radio value="no" label={t('available.no')} />
          </Stack>
        </Radio.Group>
      )}
      {owned === 'yes' && available === 'yes' && (
        <>
          <Checkbox
            label={t('agrees')}
            checked={agrees}
            onChange={(event) =>
              onAnswers({ agrees: event.currentTarget.checked, at: answers.at || localTime(new Date()) })
            }
          />
          {agrees && <ConsentFields answers={answers} onAnswers={onAnswers} />}
        </>
      )}
    </>
  )
}

function ConsentFields({ answers, onAnswers }: QuestionsProps) {
  const t = useTakeoverWords()
  return (
    <>
      <TextInput
        label={t('consent.by')}
        required
        maxLength={200}
        value={answers.by}
        onChange={(event) => onAnswers({ by: event.currentTarget.value })}
      />
      <TextInput
        label={t('consent.at')}
        required
        type="datetime-local"
        value={answers.at}
        onChange={(event) => onAnswers({ at: event.currentTarget.value })}
      />
      <Select
        label={t('consent.how')}
        allowDeselect={false}
        data={hows.map((how) => ({ value: how, label: t(`how.${how}`) }))}
        value={answers.how}
        onChange={(value) => onAnswers({ how: howOf(value) })}
      />
      <Textarea
        label={t('consent.note')}
        maxLength={1000}
        autosize
        minRows={2}
        value={answers.note}
        onChange={(event) => onAnswers({ note: event.currentTarget.value })}
      />
    </>
  )
}

function howOf(value: string | null): How {
  return hows.find((how) => how === value) ?? 'in_person'
}

function Result({ answers }: { readonly answers: Answers }) {
  const t = useTakeoverWords()
  const solution = solutionOf(answers)
  if (solution === null) return null
  return (
    <Alert
      variant="outline"
      icon={<IconInfoCircle aria-hidden />}
      title={solution === 'private' ? undefined : t(`solution.${solution}`)}
      role="status"
    >
      <Stack gap="xs">
        <Text size="sm">{t(`result.${solution}`)}</Text>
        {solution !== 'private' && <Text size="sm">{t('result.losses')}</Text>}
      </Stack>
    </Alert>
  )
}
