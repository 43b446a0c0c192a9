import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { runInspectIdentity } from './inspect.ts'

async function inspect(stdin: string | Uint8Array[], ...args: string[]) {
  const stdout = new PassThrough()
  const code = await runInspectIdentity({
    args,
    stdin: Readable.from(typeof stdin === 'string' ? [stdin] : stdin),
    stdout,
  })
  stdout.end()
  return { code, out: await text(stdout) }
}

test('A9: an operator sees what screening finds in a text', async () => {
  const { code, out } = await inspect('Call me:\n030 1234567')
  expect(code).toBe(0)
  expect(JSON.parse(out)).toEqual({
    identities: [{ from: 9, to: 20, kind: 'phone', text: '030 1234567', value: '0301234567' }],
  })
})

test('A9: with --lines each line is a text or a JSON string, and gives one line', async () => {
  const { out } = await inspect('joe@example.com\n"a\\njoe@example.com"\n\n"not closed\n"not \\x json"\n', '--lines')
  const lines = out.trimEnd().split('\n')
  expect(lines.map((line) => JSON.parse(line).identities.length)).toEqual([1, 1, 0, 0, 0])
  expect(JSON.parse(lines[1] ?? '').identities[0].from).toBe(2)
})

test('A9: a text may come in any pieces, also within a character or a line', async () => {
  const bytes = new TextEncoder().encode('über joe@example.com\r\nЁ +49 30 1234567')
  const { out } = await inspect(
    Array.from(bytes, (byte) => Uint8Array.of(byte)),
    '--lines',
  )
  const found = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).identities)
  expect(found).toMatchObject([[{ from: 5, text: 'joe@example.com' }], [{ from: 2, text: '+49 30 1234567' }]])
})

test('A9: the countries decide which national numbers are known', async () => {
  const danish = '"20 12 34 56"\n'
  expect((await inspect(danish, '--lines', '--countries=DK')).out).toContain('"kind":"phone"')
  expect((await inspect(danish, '--lines', '--countries=US')).out).toBe('{"identities":[]}\n')
})

test('A7: --strict shows what an offer would lose', async () => {
  expect((await inspect('order 4155552671', '--strict')).out).toContain('"kind": "phone"')
})

test('an argument that nobody knows is refused with the usage', async () => {
  const { code, out } = await inspect('', '--line')
  expect(code).toBe(2)
  expect(out).toBe(
    'what is "--line"?\nusage: parley inspect identity [--lines] [--strict] [--countries=DE,US,…] < text\n',
  )
})
