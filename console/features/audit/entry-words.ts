import { defineWords, type KeyOf } from '../../ui/words.ts'
import en from './entry-words.en.json'
import zh from './entry-words.zh-CN.json'

export const useEntryWords = defineWords('ledger-entries', en, zh)
export type EntryWord = KeyOf<typeof en>
