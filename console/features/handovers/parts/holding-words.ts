import { useHandoverWords } from '../words.ts'

/** The words of what somebody holds: its kinds and the heads of its lists. */
export const useHoldingWords = useHandoverWords
