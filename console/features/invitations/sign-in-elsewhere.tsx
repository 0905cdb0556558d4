import { paths } from '../../paths.ts'
import { ScreenLink } from '../../ui/link.tsx'

/** The way to all other ways of signing in, and from there back to the invitation. */
export function SignInElsewhere({ label }: { readonly label: string }) {
  return (
    <ScreenLink to={paths.signIn()} search={{ to: paths.invitation() }}>
      {label}
    </ScreenLink>
  )
}
