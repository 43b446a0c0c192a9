import { inspectEmail } from '@parley/channel-email'
import { expect, test } from 'vitest'

const crlf = (lines: string[]) => new TextEncoder().encode(lines.join('\r\n'))
const head = [
  'From: Ana <ana@example.org>',
  'To: c-7f3a@desk.example.net',
  'Subject: Hello',
  'Message-ID: <1@example.org>',
]
const own = { ownDomains: ['desk.example.net'] }

test('a mail to thousands of people is read, and says how many', async () => {
  const to = Array.from({ length: 5000 }, (_, index) => `Person ${index} <p${index}@example.org>`).join(',\r\n ')
  const mail = await inspectEmail(crlf([head[0] ?? '', `To: ${to}`, 'Subject: Hello', '', 'Hi']), own)
  expect(mail.envelope.recipientCount).toBe(5000)
  expect(mail.envelope.to).toHaveLength(100)
  expect(mail.visible).toBe('Hi')
})

test('an address header crafted to break parsers leaves the process unharmed', async () => {
  for (const piece of ['(', '<', '"', 'a:', '\\', ',<(', '[', ';:']) {
    const mail = await inspectEmail(
      crlf([`From: ${piece.repeat(135_000 / piece.length)}`, 'Subject: x', '', 'Hi']),
      own,
    )
    expect(mail.visible).toBe('Hi')
    expect(mail.authenticity.standing).toBe('unproven')
  }
})

test('parts nested without end are refused as broken', async () => {
  const lines = [...head, 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="b0"', '']
  for (let depth = 0; depth < 300; depth++)
    lines.push(`--b${depth}`, `Content-Type: multipart/mixed; boundary="b${depth + 1}"`, '')
  expect((await inspectEmail(crlf(lines), own)).verdict).toEqual({ kind: 'broken', why: 'too-deep' })
})

test('HTML nested a hundred thousand deep comes out as its text', async () => {
  for (const tag of ['div', 'blockquote type=cite', 'span', 'table><tr><td', 'ul><li']) {
    const html = `<${tag}>`.repeat(100_000)
    const mail = await inspectEmail(
      crlf([...head, 'Content-Type: text/html', '', `<p>Before</p>${html}<p>Deep</p>`]),
      own,
    )
    expect(mail.full).toContain('Before')
    expect(mail.full).toContain('Deep')
  }
})

test('a mail of one endless line, or of nothing but quote marks, dashes or colons, is read', async () => {
  for (const piece of [
    '>',
    '-',
    ':',
    '_',
    ' ',
    'From: ',
    'a@b.c ',
    '2025-03-04 10:00 ',
    '<',
    'On wrote:',
    '\t',
    '> \n',
    '-- \n',
    'From: x\n',
    '\n',
  ]) {
    const mail = await inspectEmail(crlf([...head, '', `Word ${piece.repeat(300_000 / piece.length)}`]), own)
    expect(mail.verdict.kind).toBe('message')
    expect(mail.visible).toContain('Word')
  }
})

test('a header of megabytes, an empty mail and plain noise are refused with a reason', async () => {
  expect((await inspectEmail(new Uint8Array(0))).verdict).toEqual({ kind: 'broken', why: 'empty' })
  expect((await inspectEmail(crlf([`X: ${'a'.repeat(3_000_000)}`, '', 'Hi']))).verdict).toEqual({
    kind: 'broken',
    why: 'header-too-large',
  })
  const noise = Uint8Array.from({ length: 5000 }, (_, index) => (index * 7919) % 256)
  expect(['broken', 'message']).toContain((await inspectEmail(noise)).verdict.kind)
})

test('hundreds of files in one mail: as many as allowed are taken, the rest is named', async () => {
  const parts = Array.from({ length: 80 }, (_, index) => [
    '--b',
    `Content-Disposition: attachment; filename="f${index}.txt"`,
    'Content-Type: application/octet-stream',
    '',
    'data',
  ]).flat()
  const mail = await inspectEmail(
    crlf([...head, 'Content-Type: multipart/mixed; boundary=b', '', ...parts, '--b--']),
    own,
  )
  expect(mail.attachments).toHaveLength(50)
  expect(mail.refusedAttachments).toHaveLength(30)
  expect(mail.refusedAttachments[0]).toMatchObject({ name: 'f50.txt', because: 'too-many' })
})
