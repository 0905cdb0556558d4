import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { misuse } from './failure.ts'

/**
 * Reads a password: from a file, from standard input for `-`, else asked for twice on a terminal without showing it.
 * @throws Failure (usage) where there is no terminal to ask on, or nothing in the file
 */
export async function readPassword(file: string | undefined, whose: string): Promise<string> {
  if (file === '-') return required(firstLine(await readAll(process.stdin)), 'Standard input')
  if (file !== undefined) {
    const content = await readFile(file, 'utf8').catch((error: Error) => {
      throw misuse(`The password file cannot be read: ${error.message}.`, 'Correct --password-file.')
    })
    return required(firstLine(content), `The file ${file}`)
  }
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw misuse(
      `${whose} needs a password, and there is no terminal to ask for it.`,
      'Give it with --password-file FILE, or --password-file - to read it from standard input.',
    )
  }
  const password = await askHidden(`${whose}, new password: `)
  if ((await askHidden('Once more: ')) !== password)
    throw misuse('The two passwords are not the same.', 'Run the command again.')
  return password
}

function required(password: string, where: string): string {
  if (password === '') throw misuse(`${where} holds no password.`, 'Put the password on its first line.')
  return password
}

function firstLine(content: string): string {
  return content.split(/\r?\n/, 1)[0] ?? ''
}

async function readAll(stream: NodeJS.ReadableStream): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(Buffer.from(part))
  return Buffer.concat(parts).toString('utf8')
}

function askHidden(question: string): Promise<string> {
  process.stderr.write(question)
  const nowhere = new Writable({ write: (_part, _encoding, done) => done() })
  const reader = createInterface({ input: process.stdin, output: nowhere, terminal: true })
  return new Promise((resolve, reject) => {
    reader.once('SIGINT', () => {
      reader.close()
      reject(misuse('Stopped; nothing was changed.'))
    })
    reader.question('', (answer) => {
      reader.close()
      process.stderr.write('\n')
      resolve(answer)
    })
  })
}
