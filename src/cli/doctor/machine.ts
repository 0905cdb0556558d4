import { createPrivateKey, X509Certificate } from 'node:crypto'
import { access, constants, readFile, stat, statfs } from 'node:fs/promises'
import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import { dirname } from 'node:path'
import type { Settings } from '../../platform/config/settings.ts'
import { systemCode } from '../../platform/db/embedded/data-folder-error.ts'
import { counted } from '../show.ts'
import { type Finding, fail, ok, warn } from './finding.ts'

const mebibyte = 1024 * 1024
const tightMebibytes = 1024
const tooLittleMebibytes = 200
const soonDays = 14
const dayMs = 86_400_000

/** Whether Node.js is new enough. */
export function checkNode(): Finding {
  return ok('Node.js', `${process.versions.node} (20.19 or newer is needed)`)
}

/** Whether the data folder is there and can be written to. */
export async function checkDataFolder({ dataDirectory }: Settings): Promise<Finding> {
  const found = await stat(dataDirectory).catch((error: unknown) => systemCode(error) ?? 'unreadable')
  if (found === 'ENOENT') return ok('Data folder', `${dataDirectory} is made at the first start`)
  if (typeof found === 'string' || !found.isDirectory()) {
    return fail(
      'Data folder',
      `${dataDirectory} is no folder that can be used`,
      'Name another folder in BATON_DATA.',
    )
  }
  const mayWrite = await access(dataDirectory, constants.R_OK | constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  )
  if (mayWrite) return ok('Data folder', dataDirectory)
  return fail(
    'Data folder',
    `${dataDirectory} cannot be read and written`,
    'Run this as the user who runs Baton, or correct the rights of the folder.',
  )
}

/** Whether the disk of the data folder has room. */
export async function checkDisk({ dataDirectory }: Settings): Promise<Finding> {
  const place = await nearestFolder(dataDirectory)
  const { bavail, bsize } = await statfs(place)
  const free = Math.floor((bavail * bsize) / mebibyte)
  const says = `${free} MB free on the disk of ${place}`
  if (free < tooLittleMebibytes)
    return fail('Disk', says, 'Free at least 200 MB now; without room nothing can be saved.')
  if (free < tightMebibytes)
    return warn('Disk', says, 'Free some space soon: below 200 MB Baton may have to refuse work.')
  return ok('Disk', says)
}

async function nearestFolder(path: string): Promise<string> {
  if (await stat(path).catch(() => undefined)) return path
  return dirname(path) === path ? path : nearestFolder(dirname(path))
}

/** Whether certificate and key fit and hold for a while. */
export async function checkTls(
  { tlsCert, tlsKey, host, trustProxy, publicUrl }: Settings,
  now: Date,
): Promise<Finding> {
  if (tlsCert === undefined || tlsKey === undefined) {
    const isHidden =
      trustProxy !== undefined || publicUrl?.startsWith('https:') || /^(127\.|localhost$|::1$)/.test(host)
    if (isHidden) return ok('TLS', 'not needed here')
    return warn(
      'TLS',
      `plain HTTP on ${host}: browsers cannot sign in`,
      'Set BATON_TLS_CERT and BATON_TLS_KEY, or put an HTTPS proxy in front (BATON_TRUST_PROXY).',
    )
  }
  try {
    const certificate = new X509Certificate(await readFile(tlsCert))
    const key = createPrivateKey(await readFile(tlsKey))
    if (!certificate.checkPrivateKey(key))
      return fail(
        'TLS',
        'certificate and key do not belong together',
        'Correct BATON_TLS_CERT or BATON_TLS_KEY.',
      )
    const days = Math.floor((new Date(certificate.validTo).getTime() - now.getTime()) / dayMs)
    if (days < 0)
      return fail('TLS', `the certificate ended on ${certificate.validTo}`, 'Renew it and start Baton again.')
    if (days < soonDays)
      return warn('TLS', `the certificate ends in ${counted(days, 'day')}`, 'Renew it and start Baton again.')
    return ok('TLS', `the certificate holds for ${counted(days, 'day')}`)
  } catch (error) {
    return fail(
      'TLS',
      `the files cannot be used: ${error instanceof Error ? error.message : 'unknown'}`,
      'Correct BATON_TLS_CERT and BATON_TLS_KEY.',
    )
  }
}

/** Whether Baton listens on its port, or could. */
export async function checkPort(settings: Settings): Promise<Finding> {
  const { host, port, tlsCert } = settings
  if (port === 0) return ok('Port', 'any free port')
  if (await answersAlive(settings))
    return ok('Port', `Baton answers on ${tlsCert ? 'https' : 'http'}://${host}:${port}`)
  const code = await tryListening(host, port)
  if (code === null) return ok('Port', `${port} on ${host} is free`)
  if (code === 'EADDRINUSE')
    return fail(
      'Port',
      `${port} on ${host} is in use by another program`,
      'Stop that program, or choose another port in PORT.',
    )
  return fail('Port', `Baton cannot listen on ${host}:${port} (${code})`, 'Correct PORT and BATON_HOST.')
}

function answersAlive({ host, port, tlsCert }: Settings): Promise<boolean> {
  const at = { host: host === '0.0.0.0' ? '127.0.0.1' : host, port, path: '/healthz', timeout: 2_000 }
  return new Promise((resolve) => {
    const request = tlsCert ? https.get({ ...at, rejectUnauthorized: false }) : http.get(at)
    request.on('response', (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
      response.on('end', () => resolve(text.includes('"alive"')))
    })
    request.on('timeout', () => request.destroy())
    request.on('error', () => resolve(false))
  })
}

function tryListening(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = net.createServer()
    server.once('error', (error) => resolve(systemCode(error) ?? 'unknown'))
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(null)))
  })
}
