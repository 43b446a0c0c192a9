import { serveRelay } from './relay-sockets.ts'

/** (a): hands what one side says to the other and does nothing else. */
serveRelay((_, other, frame) => other?.send(frame, { binary: false }))
