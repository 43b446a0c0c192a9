import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

// Below the ports that Linux gives to outgoing connections (32768 and up): none of those can take it meanwhile.
const LOWEST = 12_000
const HIGHEST = 32_000

/**
 * A TCP port on loopback that was free a moment ago and is given to one caller of this process only.
 * For daemons that cannot report a port which they chose themselves.
 */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = randomInt(LOWEST, HIGHEST)
    if (handedOut.has(port)) continue
    handedOut.add(port)
    if (await isFree(host, port)) return port
  }
  throw new Error(`no free port on ${host} in 100 attempts`)
}

const handedOut = new Set<number>()

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, host, () => server.close(() => resolve(true)))
  })
}
