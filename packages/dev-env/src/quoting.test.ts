import { expect, test } from 'vitest'
import { layOutReply, type Quoting } from './quoting.ts'
import { readMail } from './received-mail.ts'

const mail = await readMail(
  Buffer.from(
    [
      'From: "Ana via Parley" <k7q2m4@relay.test>',
      'To: Bo <bo@people.test>',
      'Subject: A question',
      'Message-ID: <one@relay.test>',
      'Date: Sun, 22 Nov 2026 13:05:00 +0000',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'Are you open on Sunday?',
      '> an older line',
      '',
    ].join('\r\n'),
  ),
)

// What each program puts between the answer and the quote, and on which side of it the answer stands.
const layouts: [Quoting, text: string][] = [
  [
    'gmail',
    'Yes.\n\n-- \nBo\n\nOn Sun, Nov 22, 2026 at 1:05 PM Ana via Parley <k7q2m4@relay.test> wrote:\n\n> Are you open on Sunday?\n>> an older line\n',
  ],
  [
    'outlook',
    `Yes.\n\nBo\n\n${'_'.repeat(32)}\nFrom: Ana via Parley <k7q2m4@relay.test>\nSent: Sunday, November 22, 2026 1:05 PM\nTo: Bo <bo@people.test>\nSubject: A question\n\nAre you open on Sunday?\n> an older line\n`,
  ],
  [
    'apple',
    'Yes.\n\nBo\n\n> On 22 Nov 2026, at 13:05, Ana via Parley <k7q2m4@relay.test> wrote:\n> \n> Are you open on Sunday?\n>> an older line\n',
  ],
  [
    'thunderbird',
    'Yes.\n\n-- \nBo\n\nOn 11/22/26 1:05 PM, Ana via Parley wrote:\n> Are you open on Sunday?\n>> an older line\n',
  ],
  [
    'bottom',
    'On 11/22/26 1:05 PM, Ana via Parley wrote:\n> Are you open on Sunday?\n>> an older line\n\nYes.\n\n-- \nBo\n',
  ],
  ['none', 'Yes.\n\n-- \nBo\n'],
]

test.each(layouts)('a reply from a %s-like program has its attribution, quote and signature', (quoting, text) => {
  const laid = layOutReply(mail, { text: 'Yes.', signature: 'Bo' }, quoting)
  expect(plain(laid.text)).toBe(text)
  expect(laid.html).toContain('Yes.')
  if (quoting !== 'none') expect(laid.html).toContain('Are you open on Sunday?')
})

test('a long attribution is folded, as Gmail folds it', () => {
  const long = {
    ...mail,
    from: { name: 'Ana from the very long named shop', address: 'k7q2m4aaaaaaaaaaaaaaa@relay.test' },
  }
  expect(plain(layOutReply(long, { text: 'Yes.' }, 'gmail').text)).toContain(
    'On Sun, Nov 22, 2026 at 1:05 PM Ana from the very long named shop\n<k7q2m4aaaaaaaaaaaaaaa@relay.test> wrote:\n',
  )
})

test('an answer under a line that the mail does not have is a fault of the test, and said so', () => {
  const answers = [{ under: 'on Monday', text: 'Yes.' }]
  expect(() => layOutReply(mail, { text: answers }, 'interleaved')).toThrow('no line of the mail holds on Monday')
})

function plain(text: string): string {
  return text.replaceAll('\u202f', ' ')
}
