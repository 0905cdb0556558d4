import { defineWords } from '../../../ui/words.ts'
import english from './words.en.json'
import chinese from './words.zh-CN.json'

export const useStillLinkedWords = defineWords('still-linked', english, chinese)
