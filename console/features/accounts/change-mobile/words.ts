import { defineWords } from '../../../ui/words.ts'
import en from './words.en.json'
import zh from './words.zh-CN.json'

/** The words of Change mobile. */
export const useChangeMobileWords = defineWords('change-mobile', en, zh)
