import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** A far end of mail that lives outside the process under test: what it is given is written down before it says that it has it. */
export async function startFarEnd(keep: (to: string, raw: Buffer) => void): Promise<{ port: number; stop(): void }> {
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    socket.on('error', () => {})
    let heard = Buffer.alloc(0)
    let to = ''
    let isData = false
    const say = (line: string) => socket.write(`${line}\r\n`)
    say('220 far.test')
    socket.on('data', (chunk) => {
      heard = Buffer.concat([heard, chunk])
      for (;;) {
        const end = heard.indexOf(isData ? '\r\n.\r\n' : '\r\n')
        if (end < 0) return
        const part = heard.subarray(0, end)
        heard = heard.subarray(end + (isData ? 5 : 2))
        if (isData) {
          isData = false
          keep(to, part)
          say('250 kept')
          continue
        }
        const line = part.toString('latin1')
        const verb = line.slice(0, 4).toUpperCase()
        if (verb === 'RCPT') to = /<([^>]*)>/.exec(line)?.[1] ?? ''
        if (verb === 'DATA') {
          isData = true
          say('354 go on')
        } else if (verb === 'QUIT') socket.end('221 bye\r\n')
        else say('250 well')
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('the far end got no port')
  return {
    port: address.port,
    stop() {
      server.close()
      for (const socket of open) socket.destroy()
    },
  }
}

/** Hands a mail over as a mail server does: the same one again and again until somebody takes responsibility, or refuses it for good. */
export async function handOver(port: number, mail: { from: string; to: string; raw: string }): Promise<string> {
  for (;;) {
    const answer = await tryOnce(port, mail).catch(() => null)
    if (answer && /^[25]/.test(answer)) return answer
    await sleep(150)
  }
}

async function tryOnce(port: number, { from, to, raw }: { from: string; to: string; raw: string }): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port })
  socket.setTimeout(5_000, () => socket.destroy())
  try {
    const lines = linesOf(socket)
    const answer = async () => {
      for (;;) {
        const { value, done } = await lines.next()
        if (done || value === undefined) throw new Error('the line was cut')
        if (value[3] !== '-') return value
      }
    }
    const ask = async (command: string) => {
      socket.write(`${command}\r\n`)
      return answer()
    }
    await answer()
    await ask('EHLO people.test')
    await ask(`MAIL FROM:<${from}>`)
    const recipient = await ask(`RCPT TO:<${to}>`)
    if (!recipient.startsWith('2')) return recipient
    await ask('DATA')
    return await ask(`${raw}\r\n.`)
  } finally {
    socket.destroy()
  }
}

async function* linesOf(socket: Socket): AsyncGenerator<string, void, undefined> {
  let heard = ''
  for await (const chunk of socket) {
    heard += String(chunk)
    for (let end = heard.indexOf('\r\n'); end >= 0; end = heard.indexOf('\r\n')) {
      yield heard.slice(0, end)
      heard = heard.slice(end + 2)
    }
  }
}
