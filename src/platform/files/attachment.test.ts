import { describe, expect, it } from 'vitest'
import { attachment } from './attachment.ts'

describe('the name of a download', () => {
  it.each([
    ['acme-members.xlsx', 'acme-members.xlsx', 'acme-members.xlsx'],
    ['某公司-members.xlsx', '___-members.xlsx', '%E6%9F%90%E5%85%AC%E5%8F%B8-members.xlsx'],
    ["a's (1)!.csv", 'a_s (1)_.csv', 'a%27s%20%281%29%21.csv'],
    ['../../etc/passwd', '.._.._etc_passwd', '.._.._etc_passwd'],
    ['a\r\nset-cookie: x', 'a__set-cookie_ x', 'a__set-cookie_%20x'],
    ['a"; filename="evil.exe', 'a__ filename__evil.exe', 'a_%3B%20filename%3D_evil.exe'],
    ['txt.\u202excod', 'txt._xcod', 'txt._xcod'],
    ['half \ud83d', 'half _', 'half%20_'],
  ])('%j is harmless (ASVS 5.4.2)', (name, plain, full) => {
    expect(attachment(name)).toBe(`attachment; filename="${plain}"; filename*=UTF-8''${full}`)
  })
})
