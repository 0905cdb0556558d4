/** The whole API in one screen: every feature's contract under its word. */
export const contract = {}
