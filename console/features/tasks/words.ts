import { defineWords } from '../../ui/words.ts'
import en from './words.en.json'
import zh from './words.zh-CN.json'

export const useTaskWords = defineWords('tasks', en, zh)
