import { defineWords } from '../../ui/words.ts'
import en from './words.en.json'
import zh from './words.zh-CN.json'

/** The words of records and conversations. */
export const useRecordWords = defineWords('records', en, zh)
