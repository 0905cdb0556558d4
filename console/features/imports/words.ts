import { defineWords } from '../../ui/words.ts'
import en from './words.en.json'
import zh from './words.zh-CN.json'

/** Words of imports. */
export const useImportWords = defineWords('imports', en, zh)
