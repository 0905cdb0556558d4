import { defineWords } from '../../../ui/words.ts'
import en from './department-words.en.json'
import zh from './department-words.zh-CN.json'

export const useDepartmentWords = defineWords('departments', en, zh)
