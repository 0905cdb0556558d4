import { isIPv6 } from 'node:net'

/**
 * The network that an address stands for when guesses are counted: an IPv4 address itself, of IPv6 the first 64 bits,
 * since one connection has all addresses that begin with them.
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  if (!isIPv6(address)) return address
  const [front = '', back] = address.split('::')
  const groups = groupsOf(front)
  const zeros = back === undefined ? 0 : 8 - groups.length - groupsOf(back).length
  const all = [...groups, ...Array.from({ length: zeros }, () => 0), ...groupsOf(back ?? '')]
  return `${all
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`
}

function groupsOf(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16))
}
