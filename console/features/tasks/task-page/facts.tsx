import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { Fact, Facts } from '../../../ui/facts.tsx'
import { useFormat } from '../../../ui/format.ts'
import { ScreenLink } from '../../../ui/link.tsx'
import { type ListedTask, type TaskDetail, useAddressee, useReadable } from '../parts/task.ts'
import { DueDate } from '../parts/task-state.tsx'
import { useTaskWords } from '../words.ts'

/** Who is to do it, until when, and what it belongs to. */
export function TaskFacts({ task }: { readonly task: TaskDetail }) {
  const t = useTaskWords()
  const { slug, can } = useSession()
  const format = useFormat()
  const addressee = useAddressee()
  const { forMemberId, originKind, originId } = task
  return (
    <Facts>
      <Fact word={t('fact.due')}>
        <DueDate task={task} />
      </Fact>
      <Fact word={t('fact.for')}>
        {forMemberId !== null && can('requests:read') ? (
          <ScreenLink to={paths.person(slug, forMemberId)}>{addressee(task)}</ScreenLink>
        ) : (
          addressee(task)
        )}
      </Fact>
      <Fact word={t('fact.contact')}>{task.forContact}</Fact>
      <Fact word={t('fact.about')}>{task.subjectLabel !== null && <TaskSubject task={task} />}</Fact>
      <Fact word={t('fact.part')}>
        {originKind === 'handover' && originId !== null && can('requests:read') && (
          <ScreenLink to={paths.handover(slug, originId)}>{t('fact.handover')}</ScreenLink>
        )}
      </Fact>
      <Fact word={t('fact.link')}>
        {task.linkExpiresAt !== null && t('fact.linkUntil', { time: format.dateTime(task.linkExpiresAt) })}
      </Fact>
    </Facts>
  )
}

type Subject = Pick<ListedTask, 'subjectKind' | 'subjectId' | 'subjectLabel'>

/** What a task is about, as a link for those who may see it. */
export function TaskSubject({ task: { subjectKind, subjectId, subjectLabel } }: { readonly task: Subject }) {
  const { slug, can } = useSession()
  const say = useReadable()
  if (subjectLabel === null) return null
  const label = say(subjectLabel)
  if (!can('requests:read')) return label
  if (subjectKind === 'member') return <ScreenLink to={paths.person(slug, subjectId)}>{label}</ScreenLink>
  if (subjectKind === 'number') return <ScreenLink to={paths.number(slug, subjectId)}>{label}</ScreenLink>
  if (subjectKind === 'work_account')
    return <ScreenLink to={paths.workAccount(slug, subjectId)}>{label}</ScreenLink>
  return label
}
