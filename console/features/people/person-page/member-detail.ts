import type { Answer } from '../../../api/client.ts'

/** A person with everything they hold. */
export type MemberDetail = Answer<'readMember'>
