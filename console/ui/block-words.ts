import english from './block-words.en.json'
import chinese from './block-words.zh-CN.json'
import { defineWords } from './words.ts'

/** The words of the blocks. */
export const useBlockWords = defineWords('blocks', english, chinese)
