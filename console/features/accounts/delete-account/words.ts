import { defineWords } from '../../../ui/words.ts'
import en from './words.en.json'
import zh from './words.zh-CN.json'

/** The words of Delete account. */
export const useDeleteAccountWords = defineWords('delete-account', en, zh)
