import { defineWords } from '../../ui/words.ts'
import english from './words.en.json'
import chinese from './words.zh-CN.json'

/** The words of batches and of waiting moves. */
export const useBatchWords = defineWords('operations', english, chinese)
