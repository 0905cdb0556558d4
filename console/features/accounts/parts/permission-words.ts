import { defineWords } from '../../../ui/words.ts'
import en from './permission-words.en.json'
import zh from './permission-words.zh-CN.json'

export const usePermissionWords = defineWords('permission', en, zh)
