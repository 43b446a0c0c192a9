import { describe, expect, it } from 'vitest'
import { recipientsOf } from './recipients-of.ts'

const of = (...lines: string[]) => recipientsOf(Buffer.from([...lines, '', 'To: body@x.example'].join('\r\n')))

describe('whom a mail in a mailbox was for', () => {
  it('what mail servers wrote down is kept apart from what the writer claims', () => {
    expect(of('Delivered-To: a@relay.example', 'X-Original-To: <b@relay.example>', 'To: c@relay.example')).toEqual({
      traced: ['a@relay.example', 'b@relay.example'],
      written: ['c@relay.example'],
    })
  })

  it('To and Cc are read folded, named and in any case; Bcc is nobody’s business', () => {
    const { written } = of(
      'TO: "A, b" <A@Relay.example>,',
      '\tb@relay.example',
      'Cc: c@relay.example',
      'Bcc: d@relay.example',
    )
    expect(written).toEqual(['a@relay.example', 'b@relay.example', 'c@relay.example'])
  })

  it('a mail to tens of thousands costs no more than one to a thousand', () => {
    const many = Array.from({ length: 50_000 }, (_, index) => `a${index}@relay.example`).join(', ')
    expect(of(`To: ${many}`).written).toHaveLength(1_000)
  })
})
