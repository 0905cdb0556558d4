// What stands for itself neither in XML 1.0 nor in a workbook: there a character is `_xHHHH_`, and an underscore that only
// looks like the beginning of one is escaped itself (ECMA-376 part 1, 22.9.2.19, ST_Xstring).
const special =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that XML has no way to write
  /[&<>"\u0000-\u0008\u000b-\u001f\ufffe\uffff]|_(?=x[0-9a-f]{4})|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gi

// Most texts hold nothing of it, which one class without looking around tells in half the time.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that XML has no way to write
const perhapsSpecial = /[&<>"_\u0000-\u001f\ud800-\udfff\ufffe\uffff]/

const space = 0x20

/** A text as a workbook holds it, inside an element or an attribute, so that reading gives back the same characters. */
export function xmlText(text: string): string {
  return perhapsSpecial.test(text) ? text.replace(special, written) : text
}

function written(character: string): string {
  switch (character) {
    case '&':
      return '&amp;'
    case '<':
      return '&lt;'
    case '>':
      return '&gt;'
    case '"':
      return '&quot;'
    default:
      return `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`
  }
}

/** A text of a workbook that keeps the spaces at its ends. */
export function textElement(text: string): string {
  const isBare = text.charCodeAt(0) > space && text.charCodeAt(text.length - 1) > space
  return isBare ? `<t>${xmlText(text)}</t>` : `<t xml:space="preserve">${xmlText(text)}</t>`
}
