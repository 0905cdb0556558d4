import { defineWords } from '../../ui/words.ts'
import en from './company-words.en.json'
import zh from './company-words.zh-CN.json'

export const useCompanyWords = defineWords('company', en, zh)
