import { defineWords } from '../../../ui/words.ts'
import en from './words.en.json'
import zh from './words.zh-CN.json'

/** The words of what a person sees and sets about themselves. */
export const useMyAccountWords = defineWords('my-account', en, zh)
