import { plainly } from '@parley/model'
import { expect, test } from 'vitest'
import { newRelayToken } from '../delivery/index.ts'
import { sitePolicySchema } from '../sites/index.ts'
import { screen } from './screen.ts'
import type { ParticipantPlace, Structure } from './structure.ts'

const structureWith = (screening: 'mask' | 'pass', identities: string[] = []) =>
  ({
    policy: sitePolicySchema.parse({ screening: { visitor: screening, responder: screening } }),
    identities: identities.map((value) => ({ person: 'ana', value })),
    participants: [],
  }) as unknown as Structure
const visitor = { role: 'initiator' } as ParticipantPlace

test('A9 A20 an address that somebody writes is masked, or passes where the site says so', () => {
  const said = plainly('Write to me at ana@letters.example please')
  expect(screen(structureWith('mask'), visitor, said)).toEqual({
    body: 'Write to me at ••• please',
    full: null,
    masked: true,
  })
  expect(screen(structureWith('pass'), visitor, said)).toEqual({ body: said.visible, full: null, masked: false })
})

test('A9 what is known of a participant never passes, whatever the site says', () => {
  const said = plainly('It is ana@letters.example again')
  expect(screen(structureWith('pass', ['ana@letters.example']), visitor, said).body).toBe('It is ••• again')
})

test('A9 the relay address in a quoted line never passes, not even with the uncut text', () => {
  const token = newRelayToken()
  const full = `Yes.\n\n"Ana" <${token}@relay.example> wrote:\n> Are you open?`
  const screened = screen(structureWith('pass'), visitor, { visible: 'Yes.', full, cuts: [] })
  expect(screened.body).toBe('Yes.')
  expect(screened.full).not.toContain(token)
})
