import { defineWords } from '../../../ui/words.ts'
import en from './reassign-words.en.json'
import zh from './reassign-words.zh-CN.json'

export const useReassignWords = defineWords('reassign', en, zh)
export type ReassignWord = Parameters<ReturnType<typeof useReassignWords>>[0]
