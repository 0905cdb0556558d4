const browsers: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger\//, 'WeChat'],
  [/Edg(?:A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/(?:Firefox|FxiOS)\//, 'Firefox'],
  [/(?:HeadlessChrome|Chrome|CriOS)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const systems: readonly (readonly [RegExp, string])[] = [
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'Mac'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
]

/** A browser and system as people call them, as far as the browser's own name tells; else that name, shortened. */
export function deviceOf(userAgent: string | null): {
  readonly browser: string | null
  readonly system: string | null
  readonly other: string | null
} {
  const text = userAgent ?? ''
  // WeCom's browser says that it is WeChat's as well.
  const browser = /wxwork\//.test(text) ? 'WeCom' : named(browsers, text)
  const system = named(systems, text)
  const isKnown = browser !== null || system !== null
  const [first = ''] = text.trim().split(/[\s(;]/)
  return { browser, system, other: isKnown || first === '' ? null : first.slice(0, 40) }
}

function named(table: readonly (readonly [RegExp, string])[], text: string): string | null {
  return table.find(([sign]) => sign.test(text))?.[1] ?? null
}
