import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { textFrames } from './text-frames.ts'

/** As a client reads them. */
async function readBack(frames: readonly string[]): Promise<string[]> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  server.on('connection', (own, request) => {
    request.socket.write(textFrames(frames))
    own.close()
  })
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const texts: string[] = []
  client.on('message', (data, isBinary) => texts.push(isBinary ? 'binary' : data.toString()))
  await once(client, 'close')
  server.close()
  return texts
}

const sized = (bytes: number) => 'x'.repeat(bytes)

test.each([
  ['nothing', ['']],
  ['the lengths at which a header grows', [125, 126, 127, 65_535, 65_536, 70_000].map(sized)],
  ['characters of one to four bytes', ['é', '日本語', '🙂'.repeat(50), `${'ü'.repeat(62)}x`, 'я'.repeat(40_000)]],
  ['many frames of one turn', Array.from({ length: 500 }, (_, n) => `{"t":"messages","n":${n}}`)],
])('%s are read back as they were written', async (_, texts) => {
  expect(await readBack(texts)).toEqual(texts)
})
