interface PolicyMaker {
  createPolicy(name: 'default', rules: { createHTML(text: string): string }): unknown
}

/**
 * Lets the page set HTML from text only where it can make no element. The server's content security policy asks for such
 * a gate; the components need it for their style sheets, which are text without any markup.
 */
export function guardHtml(): void {
  const maker = (window as { trustedTypes?: PolicyMaker }).trustedTypes
  maker?.createPolicy('default', {
    createHTML(text) {
      if (/[<&]/.test(text)) throw new TypeError('The console shows text, never HTML')
      return text
    },
  })
}
