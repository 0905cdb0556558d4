import { defineWords } from '../../../ui/words.ts'
import en from './page-words.en.json'
import zh from './page-words.zh-CN.json'

export const useNumberPageWords = defineWords('number-page', en, zh)
export type NumberPageWord = Parameters<ReturnType<typeof useNumberPageWords>>[0]
