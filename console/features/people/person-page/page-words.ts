import { defineWords } from '../../../ui/words.ts'
import en from './page-words.en.json'
import zh from './page-words.zh-CN.json'

export const usePersonPageWords = defineWords('person-page', en, zh)
