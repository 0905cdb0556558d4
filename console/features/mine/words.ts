import { defineWords } from '../../ui/words.ts'
import en from './words.en.json'
import zh from './words.zh-CN.json'

/** The words of My Baton: what a member sees of the own numbers. */
export const useMineWords = defineWords('mine', en, zh)
