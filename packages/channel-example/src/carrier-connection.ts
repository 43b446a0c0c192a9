import { connect, type Socket } from 'node:net'
import { longestLine } from './carrier-line.ts'

/** One connection to the carrier: lines out, lines in. */
export interface CarrierConnection {
  /** False when it is not to be had any more: nothing was written. */
  write(line: Record<string, unknown>): boolean
  close(): void
}

/** How long the carrier may take to let us in. */
const connectMs = 5_000

/** Resolves when it is open. `onEnd` is called once, however it ends after that. */
export function openConnection(
  address: { host: string; port: number },
  on: { line(line: string): void; end(): void },
): Promise<CarrierConnection> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ ...address, noDelay: true })
    const tooLate = setTimeout(() => socket.destroy(new Error('no answer')), connectMs)
    let heard = ''
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => {
      heard += chunk
      const lines = heard.split('\n')
      heard = lines.pop() ?? ''
      // A line without an end would fill the memory.
      if (heard.length > longestLine) socket.destroy()
      for (const line of lines) if (line.length <= longestLine) on.line(line)
    })
    socket.on('error', reject)
    socket.once('connect', () => {
      clearTimeout(tooLate)
      socket.once('close', on.end)
      resolve({
        write: (line) => {
          if (!socket.writable) return false
          socket.write(`${JSON.stringify(line)}\n`)
          return true
        },
        close: () => socket.destroy(),
      })
    })
    socket.once('close', () => clearTimeout(tooLate))
  })
}
