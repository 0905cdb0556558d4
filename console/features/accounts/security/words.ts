import { defineWords } from '../../../ui/words.ts'
import en from './words.en.json'
import zh from './words.zh-CN.json'

/** The words of "Account & security". */
export const useSecurityWords = defineWords('account-security', en, zh)
