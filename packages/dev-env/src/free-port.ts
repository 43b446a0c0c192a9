import { createServer } from 'node:net'

/**
 * A TCP port on loopback that was free a moment ago and is given to one caller of this process only.
 * For daemons that cannot report a port which they chose themselves.
 */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const port = await probe(host)
    if (handedOut.has(port)) continue
    handedOut.add(port)
    return port
  }
  throw new Error(`no free port on ${host} in 50 attempts`)
}

const handedOut = new Set<number>()

function probe(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, host, () => {
      const address = server.address()
      server.close(() => {
        if (address && typeof address === 'object') resolve(address.port)
        else reject(new Error(`no port was given on ${host}`))
      })
    })
  })
}
