import { defineWords } from '../../../ui/words.ts'
import en from './words.en.json'
import zh from './words.zh-CN.json'

/** The words of what changes, changed and was bound before. */
export const useChangeWords = defineWords('account-changes', en, zh)
