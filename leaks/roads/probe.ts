import { protocolVersion, type ServerFrame } from '@parley/protocol'
import type { Ear } from './overheard.ts'

/** One connection with these cursors: everything that comes for its `hello`, until it is what should come, and whatever comes after that. */
export async function probe(
  at: { url: string; token: string; ear: Ear; person: string },
  cursors: Record<string, number>,
  isAll: (frames: readonly ServerFrame[]) => boolean,
): Promise<ServerFrame[]> {
  const socket = new (at.ear.socket(at.person))(`${at.url.replace('http', 'ws')}/rt`)
  const frames: ServerFrame[] = []
  let asked = false
  await new Promise<void>((resolve, reject) => {
    // What is missing by then does not come; who compares says so.
    const late = setTimeout(resolve, 15_000)
    socket.addEventListener('open', () => {
      socket.send(JSON.stringify({ t: 'hello', v: protocolVersion, token: at.token, cursors }))
    })
    socket.addEventListener('message', ({ data }) => {
      const frame: ServerFrame = JSON.parse(String(data))
      frames.push(frame)
      const isWelcome = frames.some(({ t }) => t === 'welcome')
      if (frame.t === 'pong') {
        clearTimeout(late)
        resolve()
      } else if (!asked && isWelcome && isAll(frames)) {
        asked = true
        socket.send(JSON.stringify({ t: 'ping' }))
      }
    })
    socket.addEventListener('close', ({ code }) => reject(new Error(`a connection was closed: ${code}`)))
  })
  socket.close()
  return frames
}
