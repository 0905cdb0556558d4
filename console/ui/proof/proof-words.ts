import { defineWords } from '../words.ts'
import english from './proof-words.en.json'
import chinese from './proof-words.zh-CN.json'

/** The words of codes, addresses and passkeys. */
export const useProofWords = defineWords('proof', english, chinese)
