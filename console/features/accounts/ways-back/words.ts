import { defineWords } from '../../../ui/words.ts'
import english from './words.en.json'
import chinese from './words.zh-CN.json'

export const useWaysBackWords = defineWords('ways-back', english, chinese)
