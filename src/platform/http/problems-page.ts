import { createHash } from 'node:crypto'
import type { RefusalRule, RefusalWords } from '../../kernel/refusal.ts'

export const problemsPath = '/problems'

const style = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem}
h2{font:600 1rem ui-monospace,monospace;margin:2rem 0 0;scroll-margin-top:1rem}p{margin:.25rem 0}.next{opacity:.75}
:target{outline:2px solid;outline-offset:.5rem}`

/** What the page may load: its own style and nothing else. */
export const problemsPolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; frame-ancestors 'none'; base-uri 'none'`

/** The page that a problem's `type` points to: every refusal in both languages, each under its code. */
export function problemsPage(rules: readonly RefusalRule[]): string {
  const byCode = new Map(rules.map((rule) => [rule.code, rule]))
  const sections = [...byCode.values()]
    .sort((one, other) => one.code.localeCompare(other.code))
    .map(({ code, status, en, zh }) => {
      return `<section id="${code}"><h2>${code} · ${status}</h2>${words('en', en)}${words('zh-CN', zh)}</section>`
    })
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Baton: problems</title><style>${style}</style></head><body><main><h1>Problems · 问题代码</h1>
<p>Every “no” that Baton gives, by its stable code. The whole API is at <a href="/docs">/docs</a>.</p>
${sections.join('\n')}</main></body></html>`
}

function words(language: string, { title, next }: RefusalWords): string {
  return `<p lang="${language}">${inHtml(title)}<br><span class="next">${inHtml(next)}</span></p>`
}

function inHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
