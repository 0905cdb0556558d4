import { defineWords } from '../../ui/words.ts'
import en from './door-words.en.json'
import zh from './door-words.zh-CN.json'

/** Words of the pages before one is inside a company. */
export const useDoorWords = defineWords('door', en, zh)
