import { Alert, Box, Button, Code, Group, Skeleton, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import { IconAlertTriangle, IconEyeOff, IconInbox } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useCommonWords } from './common-words.ts'
import { CopyText } from './copy-text.tsx'
import { useFormat } from './format.ts'
import { usePhone } from './phone.tsx'
import { readable } from './readable.ts'

/** What a screen can say of something that did not work: Baton's refusals have this shape. */
export interface ProblemLike {
  readonly code: string
  readonly message: string
  readonly next: string
  readonly status: number
  readonly requestId: string | null
  readonly errors?: readonly { readonly path: string; readonly message: string }[]
}

/** What is wrong and what to do next, in words, wherever they come from. */
export function useProblemWords(problem: ProblemLike): { readonly title: string; readonly next: string } {
  const t = useCommonWords()
  const format = useFormat()
  const phone = usePhone()
  if (problem.status === 0) return { title: t('problem.unreachable'), next: t('problem.unreachableNext') }
  return { title: readable(problem.message, format, phone), next: readable(problem.next, format, phone) }
}

/** A refusal where it belongs: in the form or dialog that was sent. */
export function ProblemAlert({
  problem,
  children,
}: {
  readonly problem: ProblemLike | null | undefined
  /** Ways out as buttons. */
  readonly children?: ReactNode
}) {
  return problem ? <ShownProblem problem={problem}>{children}</ShownProblem> : null
}

function ShownProblem({
  problem,
  children,
}: {
  readonly problem: ProblemLike
  readonly children?: ReactNode
}) {
  const words = useProblemWords(problem)
  return (
    <Alert
      role="alert"
      color="red"
      variant="outline"
      icon={<IconAlertTriangle />}
      title={words.title}
      styles={{ title: { color: 'var(--mantine-color-error)' } }}
    >
      <Stack gap="xs" align="flex-start">
        {words.next && <Text size="sm">{words.next}</Text>}
        {problem.errors?.slice(0, 5).map(({ path, message }) => (
          <Text size="sm" key={path + message}>
            <Code>{path.replace(/^body\/?/, '')}</Code> {message}
          </Text>
        ))}
        {children}
        {problem.status >= 500 && <RequestId problem={problem} />}
      </Stack>
    </Alert>
  )
}

function RequestId({ problem }: { readonly problem: ProblemLike }) {
  const t = useCommonWords()
  if (problem.requestId === null) return null
  return (
    <Group gap="xs">
      <Text size="xs" ff="monospace">
        {t('problem.requestId', { id: problem.requestId })}
      </Text>
      <CopyText text={problem.requestId} label={t('problem.requestIdCopy')} />
    </Group>
  )
}

/** A screen, or a part of one, that could not be read. */
export function ProblemState({
  problem,
  onRetry,
  action,
}: {
  readonly problem: ProblemLike
  readonly onRetry?: () => void
  readonly action?: ReactNode
}) {
  const t = useCommonWords()
  const words = useProblemWords(problem)
  const isForbidden = problem.status === 403
  const isMissing = problem.status === 404
  return (
    <Notice
      icon={isForbidden ? <IconEyeOff /> : <IconAlertTriangle />}
      title={isForbidden ? t('problem.forbidden') : isMissing ? t('problem.notFound') : words.title}
      text={isForbidden ? t('problem.forbiddenNext') : isMissing ? t('problem.notFoundNext') : words.next}
      role="alert"
    >
      {onRetry && !isForbidden && !isMissing && <Button onClick={onRetry}>{t('retry')}</Button>}
      {action}
      <RequestId problem={problem} />
    </Notice>
  )
}

const forbidden = { code: 'permission.missing', status: 403, message: '', next: '', requestId: null } as const

/** In place of a screen that the reader's role does not open, although its address is known. */
export function ForbiddenState() {
  return <ProblemState problem={forbidden} />
}

/** Nothing here yet: says why, and offers the one thing to do about it. */
export function EmptyState({
  title,
  text,
  icon,
  children,
}: {
  readonly title: string
  readonly text?: string
  readonly icon?: ReactNode
  readonly children?: ReactNode
}) {
  return (
    <Notice icon={icon ?? <IconInbox />} title={title} text={text ?? ''}>
      {children}
    </Notice>
  )
}

function Notice({
  icon,
  title,
  text,
  role,
  children,
}: {
  readonly icon: ReactNode
  readonly title: string
  readonly text: string
  readonly role?: string
  readonly children?: ReactNode
}) {
  return (
    <Stack align="center" gap="sm" py="xl" px="md" role={role} ta="center">
      <ThemeIcon variant="light" size={48} radius="xl" aria-hidden>
        {icon}
      </ThemeIcon>
      <Title order={2} size="h4">
        {title}
      </Title>
      {text && (
        <Text c="dimmed" maw={480}>
          {text}
        </Text>
      )}
      <Group justify="center">{children}</Group>
    </Stack>
  )
}

/** The shape of what is coming, announced as loading. */
export function LoadingState({
  rows = 5,
  height = 20,
}: {
  readonly rows?: number
  readonly height?: number
}) {
  const t = useCommonWords()
  return (
    <Box role="status" aria-label={t('loading')}>
      <Stack gap="sm">
        {linesOf(rows).map(({ key, width }) => (
          <Skeleton key={key} height={height} width={width} />
        ))}
      </Stack>
    </Box>
  )
}

interface Readable {
  readonly isPending: boolean
  readonly error: ProblemLike | null
  readonly data: unknown
  refetch(): unknown
}

/** One place for loading and problems of what a screen reads; the child is shown once the data is there. */
export function Await<Query extends Readable>({
  query,
  children,
  loading,
}: {
  readonly query: Query
  readonly children: (data: NonNullable<Query['data']>) => ReactNode
  readonly loading?: ReactNode
}) {
  if (query.data !== undefined && query.data !== null) return <>{children(query.data)}</>
  if (query.error) return <ProblemState problem={query.error} onRetry={() => query.refetch()} />
  return <>{loading ?? <LoadingState />}</>
}

function linesOf(rows: number): { readonly key: string; readonly width: string }[] {
  return Array.from({ length: rows }, (_, row) => ({
    key: `line-${row}`,
    width: `${100 - ((row * 13) % 40)}%`,
  }))
}
