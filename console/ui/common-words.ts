import en from './common-words.en.json'
import zh from './common-words.zh-CN.json'
import { defineWords } from './words.ts'

/** Words that many screens share: buttons, roles, states. */
export const useCommonWords = defineWords('common', en, zh)
