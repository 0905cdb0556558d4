import { defineWords } from '../../ui/words.ts'
import en from './action-words.en.json'
import zh from './action-words.zh-CN.json'

export const useActionWords = defineWords('ledger-actions', en, zh)
