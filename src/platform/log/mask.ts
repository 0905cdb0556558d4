const secretName = String.raw`[\w-]*(?:authorization|cookie|passw(?:or)?d|passphrase|secret|token|api[-_]?key|private[-_]?key)`
const hidden = '[hidden]'

// A JSON member by name, with a text, number or list as value; the second form is JSON inside a JSON string.
const member = new RegExp(String.raw`"(${secretName})":\s*(?:"(?:[^"\\]|\\.)*"|-?\d[\d.]*|\[[^\]]*\])`, 'gi')
const quotedMember = new RegExp(
  String.raw`\\"(${secretName})\\":\s*(?:\\"(?:\\\\\\"|(?!\\").)*\\"|-?\d[\d.]*)`,
  'gi',
)
const token = /\bbaton_[0-9a-f]{32}_[A-Za-z0-9_-]{20,}/g
const bearer = /\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi
const addressPassword = /\b([a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/@"]{1,100}):[^\s@"]{1,500}@/gi
const sessionValue = /\b(__Host-baton=)[^;\s"\\]+/g

const international = /(\+|%2B)([1-9][\d\s().-]{5,22}\d)(?!\d)/gi
// Mainland mobiles without a plus; a number inside an id, a fraction or a longer number is none.
const chineseMobile = /(?<![\w.+-])(86[\s-]?)?(1[3-9]\d)[\s-]?(\d{4})[\s-]?(\d{4})(?![\w.])/g

/** Hides secrets and the middle of phone numbers in a line of the log, wherever they stand: `+86138****8000`. */
export function maskLine(line: string): string {
  return maskPhones(
    line
      .replace(member, `"$1":"${hidden}"`)
      .replace(quotedMember, String.raw`\"$1\":\"${hidden}\"`)
      .replace(token, `baton_${hidden}`)
      .replace(bearer, `$1 ${hidden}`)
      .replace(addressPassword, `$1:${hidden}@`)
      .replace(sessionValue, `$1${hidden}`),
  )
}

function maskPhones(text: string): string {
  return text
    .replace(international, (whole, plus: string, rest: string) => {
      const digits = rest.replace(/\D/g, '')
      if (digits.length < 7 || digits.length > 15) return whole
      return `${plus}${digits.slice(0, Math.max(2, digits.length - 8))}****${digits.slice(-Math.min(4, digits.length - 6))}`
    })
    .replace(chineseMobile, '$1$2****$4')
}
