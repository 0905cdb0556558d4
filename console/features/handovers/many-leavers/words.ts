import { defineWords } from '../../../ui/words.ts'
import english from './words.en.json'
import chinese from './words.zh-CN.json'

/** The words of a list of leavers, which no other screen needs. */
export const useLeaverWords = defineWords('leavers', english, chinese)
