// What says that a link lets somebody in, in the words of the senders of such messages.
const hanWords = [
  '登录',
  '登陆',
  '重置',
  '激活',
  '验证',
  '驗證',
  '邀请',
  '邀請',
  '找回',
  '确认',
  '確認',
  '绑定',
  '密码',
]
const latinWords = [
  'sign(?:ing)?[- ]?(?:in|up)',
  'log(?:ging)?[- ]?in',
  'invit(?:e|es|ed|ation)',
  'reset',
  'recover(?:y)?',
  'confirm(?:s|ation)?',
  'activat(?:e|es|ion)',
  'verif(?:y|ies|ication)',
  'passwords?',
  'magic link',
]
const entryWord = new RegExp(`${hanWords.join('|')}|(?<![a-z])(?:${latinWords.join('|')})(?![a-z])`, 'i')

const link = /[a-z][a-z0-9+.-]*:\/\/\S+/gi
const afterHost = /^[a-z][a-z0-9+.-]*:\/\/[^/?#\s]*/i

/** Signs that make up the secret of a link; what is shorter than the second figure is a word. */
const inFragment = /[\w-]{16,}/g
const inAddress = /[\w-]{20,}/g

/** Finds what could be the secret of a link, for PostgreSQL: it is not searched by whoever sees it masked. */
export const linkSecretPattern = '[A-Za-z0-9_-]{16,}'

/**
 * ACC-12: masks the secrets of links in a text, which open as much as a code does: what stands behind `#` in any link, as
 * in those that Baton sends, and long secrets in the address where the text says that it lets somebody in. Each sign
 * becomes `*`, so that everything else stays where it was; links to documents and meetings stay.
 */
export function maskLinks(text: string): string {
  const letsIn = entryWord.test(text)
  return text.replace(link, (found) => {
    const host = afterHost.exec(found)?.[0] ?? ''
    const place = found.indexOf('#')
    const address = place === -1 ? found.slice(host.length) : found.slice(host.length, place)
    const fragment = place === -1 ? '' : found.slice(place)
    return (
      host + (letsIn ? address.replace(inAddress, secretly) : address) + fragment.replace(inFragment, starred)
    )
  })
}

// A long name of words has no digit, or has no letter.
function secretly(run: string): string {
  return /\d/.test(run) && /[a-z]/i.test(run) ? starred(run) : run
}

function starred(run: string): string {
  return '*'.repeat(run.length)
}
