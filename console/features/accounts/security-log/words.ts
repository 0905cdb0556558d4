import { defineWords } from '../../../ui/words.ts'
import en from './words.en.json'
import zh from './words.zh-CN.json'

/** The words of the security log. */
export const useSecurityLogWords = defineWords('security-log', en, zh)
