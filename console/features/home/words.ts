import { defineWords } from '../../ui/words.ts'
import english from './words.en.json'
import chinese from './words.zh-CN.json'

/** The words of Home. */
export const useHomeWords = defineWords('home', english, chinese)
