import type { Answer } from '../../../api/client.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { ScreenLink } from '../../../ui/link.tsx'
import { Phone, usePhone } from '../../../ui/phone.tsx'
import { usePeopleWords } from '../words.ts'

export type Holding = Answer<'readMember'>['holdings'][number]

/** One thing that somebody holds, as a link where it has a screen. */
export function HoldingName({ holding: { kind, id, label } }: { readonly holding: Holding }) {
  const t = usePeopleWords()
  const { slug } = useSession()
  const phone = usePhone()
  if (kind === 'number')
    return (
      <ScreenLink to={paths.number(slug, id)}>
        <Phone e164={label} />
      </ScreenLink>
    )
  if (kind === 'department_lead')
    return (
      <ScreenLink to={paths.departments(slug)} search={{ d: id }}>
        {t('holding.department_lead', { label })}
      </ScreenLink>
    )
  if (kind === 'loan_return')
    return <ScreenLink to={paths.moves(slug)}>{t('holding.loan_return', { label: phone(label) })}</ScreenLink>
  return t('holding.other', { label })
}
