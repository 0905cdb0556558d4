import net from 'node:net'

export interface Request {
  readonly method: string
  readonly path: string
  readonly token: string
  /** JSON. */
  readonly body?: string
  readonly idempotencyKey?: string
}

export interface Answer {
  readonly status: number
  readonly body: string
}

/** One keep-alive connection, one request at a time. Written by hand: an HTTP library would take its share of the machine. */
export class KeptConnection {
  readonly #socket: net.Socket
  readonly #host: string
  #received = ''
  #settle: { resolve(answer: Answer): void; reject(error: Error): void } | undefined

  constructor(address: string) {
    const url = new URL(address)
    this.#host = url.host
    this.#socket = net.connect({ host: url.hostname, port: Number(url.port), noDelay: true })
    this.#socket.setEncoding('latin1')
    this.#socket.on('data', (part: string) => this.#take(part))
    this.#socket.on('error', (error) => this.#settle?.reject(error))
    this.#socket.on('close', () => this.#settle?.reject(new Error('Baton closed the connection')))
  }

  send(request: Request): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
      this.#socket.write(this.#written(request))
    })
  }

  end(): void {
    this.#settle = undefined
    this.#socket.destroy()
  }

  #written({ method, path, token, body, idempotencyKey }: Request): string {
    return [
      `${method} ${path} HTTP/1.1`,
      `host: ${this.#host}`,
      `authorization: Bearer ${token}`,
      ...(idempotencyKey === undefined ? [] : [`idempotency-key: ${idempotencyKey}`]),
      ...(body === undefined ? [] : ['content-type: application/json', `content-length: ${body.length}`]),
      '',
      body ?? '',
    ].join('\r\n')
  }

  #take(part: string): void {
    this.#received += part
    const head = this.#received.indexOf('\r\n\r\n')
    if (head < 0) return
    const length = /\r\ncontent-length: (\d+)/i.exec(this.#received.slice(0, head + 2))?.[1]
    const end = head + 4 + Number(length)
    if (this.#received.length < end) return
    const answer = { status: Number(this.#received.slice(9, 12)), body: this.#received.slice(head + 4, end) }
    this.#received = this.#received.slice(end)
    this.#settle?.resolve(answer)
  }
}
