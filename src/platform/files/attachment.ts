/**
 * The header that names a download (RFC 6266): with any characters for browsers, without Chinese for programs that know
 * only Latin. What no file system takes, or what turns the direction of writing, becomes `_`.
 */
export function attachment(name: string): string {
  const shown = name.replace(/[\p{Cc}\p{Cf}\p{Cs}"*/:<>?\\|]/gu, '_')
  return `attachment; filename="${shown.replace(/[^\w .()-]/g, '_')}"; filename*=UTF-8''${encoded(shown)}`
}

// RFC 8187: of what encodeURIComponent leaves as it is, these are not allowed.
function encoded(name: string): string {
  return encodeURIComponent(name).replace(
    /['()*!]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
