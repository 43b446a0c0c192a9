import { Readable, Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { type AttachmentJudge, runInspectEmail } from './inspect.ts'

const mail = 'From: Ana <ana@example.org>\r\nTo: c-1@desk.example.net\r\nSubject: Hi\r\n\r\nYes.\r\n\r\n-- \r\nAna\r\n'

async function run(args: string[], input: string, judge?: AttachmentJudge) {
  let output = ''
  const stdout = new Writable({
    write(chunk, _, done) {
      output += String(chunk)
      done()
    },
  })
  const code = await runInspectEmail({
    args,
    stdin: Readable.from([Buffer.from(input)]),
    stdout,
    ...(judge && { judge }),
  })
  return { code, output }
}

test('an operator reads what the road would make of one mail', async () => {
  const { code, output } = await run([], mail)
  expect(code).toBe(0)
  expect(JSON.parse(output)).toMatchObject({
    verdict: { kind: 'message' },
    visible: 'Yes.',
    cuts: [{ why: 'signature', text: '-- \nAna\n' }],
    envelope: { subject: 'Hi' },
  })
})

test('a whole collection goes through line by line, a broken one among them', async () => {
  const lines = [mail, '', mail.replace('Yes', 'No')].map((text) => Buffer.from(text).toString('base64'))
  const { output } = await run(['--lines', '--own-domain', 'desk.example.net'], `${lines[0]}\n\n!!!!\n${lines[2]}\n`)
  expect(
    output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .map(({ verdict, visible }) => [verdict.kind, visible]),
  ).toEqual([
    ['message', 'Yes.'],
    ['broken', ''],
    ['message', 'No.'],
  ])
})

test('an unknown argument is told, with the right form', async () => {
  const { code, output } = await run(['--line'], mail)
  expect(code).toBe(2)
  expect(output).toContain('Unknown argument: --line')
  expect(output).toContain('Usage: parley inspect email')
})

test('with a policy for files, each file stands there with its verdict and without its bytes', async () => {
  const file = 'Content-Type: application/pdf; name=a.pdf\r\nContent-Disposition: attachment\r\n\r\n%PDF-'
  const judge: AttachmentJudge = (name: string, _: string, bytes: Uint8Array) => ({
    accepted: false,
    because: `${name}: no`,
    bytes,
  })
  const { output } = await run([], mail.replace('\r\n\r\nYes', `\r\n${file}\r\n\r\nYes`), judge)
  expect(JSON.parse(output).attachments).toMatchObject([
    { name: 'a.pdf', type: 'application/pdf', verdict: { accepted: false, because: 'a.pdf: no' } },
  ])
  expect(JSON.parse(output).attachments[0].verdict.bytes).toBeUndefined()
})
