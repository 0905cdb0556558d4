import { defineWords } from '../../ui/words.ts'
import en from './hold-words.en.json'
import zh from './hold-words.zh-CN.json'

export const useHoldWords = defineWords('holds', en, zh)
