import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** Where clamd listens: a host and port, or the path of a socket. */
export type ClamdAddress = { readonly host: string; readonly port: number } | { readonly path: string }

export type ScanResult =
  | { readonly result: 'clean' }
  /** `virus`: what clamd calls it. */
  | { readonly result: 'found'; readonly virus: string }
  /** It did not answer, or not with a verdict: nobody knows. */
  | { readonly result: 'unknown'; readonly reason: string }

const chunkBytes = 64 * 1024
const timeoutMs = 60_000
const longestAnswer = 4_096

/** Hands a file to clamd (INSTREAM, clamd(8)): its bytes only, never a name. Never throws for what clamd can cause. */
export function scanWithClamd(address: ClamdAddress, bytes: Uint8Array): Promise<ScanResult> {
  return new Promise((resolve) => {
    const socket = connect(address)
    let answer = ''
    const end = (result: ScanResult) => {
      socket.destroy()
      resolve(result)
    }
    socket.setTimeout(timeoutMs, () => end({ result: 'unknown', reason: 'time-out' }))
    socket.on('error', (error) => {
      // It closes early when a file is over its own limit, and says so before it does.
      if (answer !== '') return end(read(answer))
      end({ result: 'unknown', reason: 'code' in error ? String(error.code) : error.name })
    })
    socket.setEncoding('utf8')
    socket.on('data', (text: string) => {
      answer += text
      if (answer.includes('\0') || answer.length > longestAnswer) end(read(answer))
    })
    socket.on('close', () => end(read(answer)))
    socket.on('connect', () => void send(socket, bytes))
  })
}

async function send(socket: Socket, bytes: Uint8Array): Promise<void> {
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  socket.write('zINSTREAM\0')
  for (let at = 0; at < bytes.length && !socket.destroyed; at += chunkBytes) {
    const chunk = bytes.subarray(at, at + chunkBytes)
    const size = Buffer.alloc(4)
    size.writeUInt32BE(chunk.length)
    socket.write(size)
    if (!socket.write(chunk)) await Promise.race([once(socket, 'drain').catch(() => undefined), closed])
  }
  if (!socket.destroyed) socket.write(Buffer.alloc(4))
}

/** `stream: OK`, `stream: Eicar-Signature FOUND`, `INSTREAM size limit exceeded. ERROR`. */
function read(answer: string): ScanResult {
  const text = answer.replace(/\0.*/s, '').trim()
  if (text === 'stream: OK') return { result: 'clean' }
  const virus = /^stream: (.{1,200}) FOUND$/.exec(text)?.[1]
  if (virus) return { result: 'found', virus }
  return { result: 'unknown', reason: text === '' ? 'closed without an answer' : text.slice(0, 200) }
}
