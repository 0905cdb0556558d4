import { defineWords } from '../../ui/words.ts'
import english from './words.en.json'
import chinese from './words.zh-CN.json'

/** The words of handovers: who leaves, the plan, its run and its receipt. */
export const useHandoverWords = defineWords('handovers', english, chinese)
