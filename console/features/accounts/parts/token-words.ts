import { defineWords } from '../../../ui/words.ts'
import en from './token-words.en.json'
import zh from './token-words.zh-CN.json'

export const useTokenWords = defineWords('token', en, zh)
