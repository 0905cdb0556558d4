import { paths } from '../../../paths.ts'

/**
 * Whoever came from an invitation to sign in another way, and proved what no account has, goes on there.
 * @returns false for those who did not come from one
 */
export function backToInvitation(signInId: string): boolean {
  const to = new URLSearchParams(window.location.search).get('to')
  if (to !== paths.invitation()) return false
  window.location.assign(`${paths.invitation()}?proved=${encodeURIComponent(signInId)}`)
  return true
}
