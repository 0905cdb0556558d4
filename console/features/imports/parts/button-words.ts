import { defineWords } from '../../../ui/words.ts'
import en from './button-words.en.json'
import zh from './button-words.zh-CN.json'

/** The one word that lists need of imports, so that they do not load the others. */
export const useImportButtonWords = defineWords('import-button', en, zh)
