import { type Link, type LinkEvents, type SocketLike, toServerFrame } from './link.ts'

export function openSocket(socket: SocketLike, events: LinkEvents): Link {
  let isOver = false
  const end = () => {
    isOver = true
    socket.onopen = socket.onmessage = socket.onclose = null
    // An error after this is of no interest, but without a listener some WebSockets throw it.
    socket.onerror = () => {}
  }
  socket.onopen = () => events.open()
  socket.onerror = () => {}
  socket.onmessage = ({ data }: { data: unknown }) => {
    let frame = null
    try {
      frame = typeof data === 'string' ? toServerFrame(JSON.parse(data)) : null
    } catch {
      // Not JSON: whatever sent this is no server of ours.
    }
    if (frame) events.frame(frame)
  }
  socket.onclose = ({ code, reason }: { code: number; reason: string }) => {
    if (isOver) return
    end()
    events.closed(code === 1001 || code >= 4000 ? code : 0, reason)
  }
  return {
    kind: 'socket',
    send(frame) {
      if (!isOver) socket.send(JSON.stringify(frame))
    },
    close() {
      if (isOver) return
      end()
      socket.close()
    },
  }
}
