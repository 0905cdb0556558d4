import { defineWords } from '../../ui/words.ts'
import en from './words.en.json'
import zh from './words.zh-CN.json'

export const useTakeoverWords = defineWords('takeovers', en, zh)
