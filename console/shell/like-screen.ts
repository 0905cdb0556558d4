import { type Role, roleAllows } from '../../src/kernel/permission.ts'
import { paths } from '../paths.ts'
import { placeAt } from './navigation.tsx'

/** Where to be in another company: the like list or page, if one's role there opens it; else its home. */
export function likeScreen(
  pathname: string,
  from: string,
  to: { readonly slug: string; readonly role: Role },
): string {
  const place = placeAt(pathname, from)
  const isOpen = place !== null && (place.needs === null || roleAllows(to.role, place.needs))
  return isOpen ? place.to(to.slug) : paths.home(to.slug)
}
