import { z } from 'zod'
import { askOutside, OutsideError } from '../net/ask-outside.ts'
import { SendError, type Sender } from './senders.ts'

const mostBytes = 4096
const Answer = z.object({ errcode: z.number() })
// The robot was removed, stopped, or never there: developer.work.weixin.qq.com/document/path/90313.
const lastingFaults = new Set([93000, 93004, 93006, 93008, 40008, 40058, 44004])

/** Posts notices into a WeCom group by its robot; whoever has the address can, so that it is a secret. */
export function createRobotSender(webhook: string): Sender {
  return {
    async send({ subject, text }) {
      const content = shortened(`**${plain(subject)}**\n${withLinks(plain(text))}`)
      const answer = await post(webhook, { msgtype: 'markdown', markdown: { content } })
      if (answer.status >= 500) throw new SendError(`WeCom answered ${answer.status}`, { isLasting: false })
      const errcode = errcodeOf(answer.text)
      if (errcode === 0) return
      throw new SendError(`WeCom answered ${errcode ?? answer.status}`, {
        isLasting: lastingFaults.has(errcode ?? 0),
      })
    },
  }
}

async function post(url: string, body: object) {
  try {
    return await askOutside({
      url,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error
    throw new SendError(`WeCom: ${error.message}`, { isLasting: false, cause: error })
  }
}

function errcodeOf(text: string): number | null {
  try {
    return Answer.parse(JSON.parse(text)).errcode
  } catch {
    return null
  }
}

// A name in a notice must not become a link, a mention or a heading: WeCom's Markdown knows no escapes.
function plain(text: string): string {
  return text
    .replaceAll('<', '＜')
    .replaceAll('>', '＞')
    .replaceAll('[', '［')
    .replaceAll(']', '］')
    .replaceAll('`', '’')
    .replaceAll('*', '＊')
    .replace(/^#/gm, '＃')
}

function withLinks(text: string): string {
  return text.replace(/https:\/\/[\x21-\x27\x2a-\x7e]*[\w/#=-]/g, (address) => `[${address}](${address})`)
}

function shortened(content: string): string {
  if (Buffer.byteLength(content) <= mostBytes) return content
  // Four bytes at most each, and room for the sign that something is missing.
  let kept = ''
  let size = Buffer.byteLength('…')
  for (const character of content) {
    size += Buffer.byteLength(character)
    if (size > mostBytes) break
    kept += character
  }
  return `${kept}…`
}
