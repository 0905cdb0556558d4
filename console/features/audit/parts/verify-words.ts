import { defineWords } from '../../../ui/words.ts'
import en from './verify-words.en.json'
import zh from './verify-words.zh-CN.json'

export const useVerifyWords = defineWords('ledger-verify', en, zh)
