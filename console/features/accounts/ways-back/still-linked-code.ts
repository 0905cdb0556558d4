/** The refusal that leads to the page about numbers of earlier accounts. */
export const stillLinkedCode = 'identifier.still_linked'
