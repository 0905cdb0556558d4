import { defineWords } from '../../ui/words.ts'
import en from './words.en.json'
import zh from './words.zh-CN.json'

/** Words of inviting people, and of the page on which they accept. */
export const useInvitationWords = defineWords('invitations', en, zh)
