import { defineWords } from '../../../ui/words.ts'
import en from './export-words.en.json'
import zh from './export-words.zh-CN.json'

/** Words of exports. */
export const useExportWords = defineWords('exports', en, zh)
