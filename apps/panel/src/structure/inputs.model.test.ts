import type { ConversationView } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { isIn } from '../watch/watch.model.ts'
import { placeAfter } from './categories.model.ts'
import { chosenFrom, peopleToChoose, teamsToChoose } from './colleagues.model.ts'
import { deedsIn, lastFor, maySplitOff, takesOthers } from './deeds.model.ts'
import { doneWord } from './done.model.ts'
import { fileInput, localMinute } from './file.model.ts'
import { emptyInvite, inviteInput } from './invite.model.ts'
import { endsOf } from './links.model.ts'
import { emptyGrant, grantInput } from './readers.model.ts'
import { transferInput } from './transfer.model.ts'

const now = new Date('2026-11-22T12:00:00Z')

describe('what dialogs ask for', () => {
  const olga = { ...emptyInvite, chosen: ['p olga'] }
  it.each([
    ['nobody', emptyInvite, null, null],
    ['a colleague', olga, null, { people: ['olga'] }],
    [
      'people and a team',
      { ...emptyInvite, chosen: ['t workshop', 'p olga'] },
      null,
      { people: ['olga'], teams: ['workshop'] },
    ],
    ['everything of the past', { ...olga, history: 'all' as const }, null, { people: ['olga'], history: 'all' }],
    ['from a message', { ...olga, history: 'from' as const }, 7, { people: ['olga'], history: { from: 7 } }],
    ['from a message that is gone', { ...olga, history: 'from' as const }, null, { people: ['olga'] }],
    [
      'an address without a name',
      { ...olga, outside: { medium: 'email', address: 'a@b.test', name: ' ' } },
      null,
      null,
    ],
    [
      'somebody outside',
      { ...emptyInvite, note: ' Please ', outside: { medium: 'sms', address: ' +47 1 ', name: ' Ida ' } },
      null,
      { outside: { medium: 'sms', address: '+47 1', name: 'Ida' }, note: 'Please' },
    ],
  ])('inviting %s', (_, draft, from, input) => {
    expect(inviteInput(draft, from)).toEqual(input)
  })

  it.each([
    ['people', [], null],
    ['people', ['t workshop'], null],
    ['people', ['p olga', 'p otto'], { to: { people: ['olga', 'otto'] }, note: 'Hurry' }],
    ['team', ['t workshop'], { to: { team: 'workshop' }, note: 'Hurry' }],
    ['team', [], null],
    ['anyone', [], { to: { anyone: true }, note: 'Hurry' }],
  ] as const)('A16 transfer to %s %j', (to, chosen, input) => {
    expect(transferInput(to, chosen, ' Hurry ')).toEqual(input)
  })

  const messages = [
    { id: 'a', n: 4 },
    { id: 'b', n: 5 },
  ]
  const otto = { ...emptyGrant, chosen: ['p otto'] }
  const whom = { interaction: 'x', person: 'otto' }
  it.each([
    ['nobody', emptyGrant, null],
    ['from now on', otto, whom],
    ['everything', { ...otto, part: 'all' as const }, { ...whom, history: 'all' }],
    ['a part without a beginning', { ...otto, part: 'some' as const }, null],
    ['a message and what follows', { ...otto, part: 'some' as const, from: 'b' }, { ...whom, from: 5 }],
    ['from one to another', { ...otto, part: 'some' as const, from: 'a', to: 'b' }, { ...whom, from: 4, to: 5 }],
    ['backwards', { ...otto, part: 'some' as const, from: 'b', to: 'a' }, null],
    ['up to a message that is gone', { ...otto, part: 'some' as const, from: 'a', to: 'z' }, null],
  ])('C2 who may read: %s', (_, draft, input) => {
    expect(grantInput('x', draft, messages)).toEqual(input)
  })

  it('C4 a link is untied at the ends that it has', () => {
    const one = {
      ...{
        id: 'c',
        site: 's',
        state: 'open' as const,
        topic: null,
        language: 'en',
        createdAt: '',
        hunt: 'found' as const,
      },
      tickets: ['t', 'u'].map((id) => ({ id, state: 'open' as const })),
      interactions: [],
    }
    const link = { of: 'interaction' as const, id: 'z', conversation: 'y', from: 't' }
    expect(endsOf(one, link)).toEqual({ a: { ticket: 't' }, b: { interaction: 'z' } })
    expect(endsOf(one, { ...link, of: 'conversation', from: 'c' })).toEqual({
      a: { conversation: 'c' },
      b: { conversation: 'z' },
    })
    expect(endsOf(one, { ...link, from: 'gone' })).toBeNull()
  })

  it('C7 what was said elsewhere has a text, and a time that is not still to come', () => {
    const said = { text: ' Yes. ', at: localMinute(new Date('2026-11-01T09:30:00Z')), by: '', over: 'phone' }
    expect(fileInput(said, now)).toEqual({ text: 'Yes.', at: '2026-11-01T09:30:00.000Z', over: 'phone' })
    expect(fileInput({ ...said, by: 'Ana' }, now)).toMatchObject({ by: { name: 'Ana' } })
    expect(fileInput({ ...said, text: ' ' }, now)).toBeNull()
    expect(fileInput({ ...said, at: '' }, now)).toBeNull()
    expect(fileInput({ ...said, at: '2030-01-01T00:00' }, now)).toBeNull()
  })
})

describe('choosing colleagues', () => {
  it('shows who is at the desk first, and nobody by two names that are one', () => {
    expect(
      peopleToChoose([
        { id: '1', alias: 'Otto', name: null, state: 'away' },
        { id: '2', alias: 'Olga', name: 'Olga Ruiz', state: 'here' },
        { id: '3', alias: 'Sue', name: 'Sue', state: 'paused' },
      ]),
    ).toEqual([
      { value: 'p 2', label: 'Olga Ruiz (Olga)' },
      { value: 'p 1', label: 'Otto' },
      { value: 'p 3', label: 'Sue' },
    ])
  })

  it('tells people from teams again', () => {
    const [team] = teamsToChoose([{ id: '9', name: 'Workshop' }])
    expect(chosenFrom([team?.value ?? '', 'p 1'])).toEqual({ people: ['1'], teams: ['9'] })
  })
})

describe('what is offered', () => {
  const view = (role: 'initiator' | 'responder' | 'observer' | null) => [
    {
      id: 'x',
      kind: 'exchange' as const,
      state: 'open' as const,
      length: 0,
      writable: false,
      participants:
        role === null
          ? []
          : [{ id: 'me', you: true, role, alias: 'Bo', colour: 0, state: 'here' as const, delivered: 0, read: 0 }],
    },
  ]
  it.each([
    ['responder', 'responder', ['close', 'invite', 'open-backchannel', 'call', 'transfer', 'file', 'leave']],
    ['responder', null, []],
    [
      'operator',
      'responder',
      ['close', 'invite', 'open-backchannel', 'call', 'transfer', 'file', 'edit-fields', 'rearrange', 'leave'],
    ],
    [
      'supervisor',
      null,
      [
        'close',
        'invite',
        'open-backchannel',
        'remove',
        'grant',
        'call',
        'let-team-in',
        'transfer',
        'edit-fields',
        'rearrange',
        'observe',
        'seal',
        'seal-interaction',
      ],
    ],
    [
      'administrator',
      'observer',
      [
        'close',
        'invite',
        'open-backchannel',
        'remove',
        'grant',
        'call',
        'let-team-in',
        'let-see',
        'transfer',
        'edit-fields',
        'rearrange',
        'leave',
        'seal',
        'seal-interaction',
        'erase',
      ],
    ],
  ] as const)('to a %s who is there as %s: %j', (role, part, deeds) => {
    expect([...deedsIn(view(part), role)]).toEqual(deeds)
  })

  it('nobody is asked into a question or a whisper, and neither a question nor a backchannel is split off by itself', () => {
    const [exchange] = view('responder')
    if (!exchange) throw new Error('no view')
    const intake = { ...exchange, id: 'i', kind: 'intake' as const }
    const room = { ...exchange, id: 'r', kind: 'backchannel' as const, parent: 'x' }
    const all = [exchange, intake, room, { ...room, purpose: 'whisper' as const }]
    expect(all.map((one) => takesOthers({}, one))).toEqual([true, false, true, false])
    expect(takesOthers({ kind: 'own' }, intake)).toBe(true)
    expect(all.map(maySplitOff)).toEqual([true, false, false, false])
  })

  it('what is done to a conversation is done in the last one where it may be', () => {
    const one = {
      ...{ id: 'c', site: 's', state: 'open' as const, topic: null, language: 'en', createdAt: '' },
      hunt: 'found' as const,
      interactions: [
        ...view('responder'),
        { ...view(null)[0], id: 'y' },
        { ...view('responder')[0], id: 'z', kind: 'intake' },
      ],
    } as ConversationView
    const last = (deed: 'invite' | 'open-backchannel' | 'file') => lastFor(deed, one, 'operator')?.id
    expect([last('invite'), last('open-backchannel'), last('file')]).toEqual(['x', 'z', 'z'])
  })

  it('who manages an interaction may let others read it and take people out', () => {
    const [own] = view('responder')
    if (!own) throw new Error('no view')
    const managed = [{ ...own, participants: own.participants.map((place) => ({ ...place, manages: true as const })) }]
    const may = deedsIn(managed, 'responder')
    expect([may.has('grant'), may.has('remove'), may.has('let-team-in')]).toEqual([true, true, false])
  })

  it('what was done has a word, or its own name', () => {
    expect(doneWord('merge')).toBe('structure.merge')
    expect(doneWord('constructor')).toBeNull()
  })

  it('a category moves by one place and not past an end', () => {
    expect([placeAfter(0, -1, 3), placeAfter(0, 1, 3), placeAfter(2, 1, 3), placeAfter(2, -1, 3)]).toEqual([
      null,
      1,
      null,
      1,
    ])
  })

  it('only what one is in can be opened from the watch page', () => {
    const one = (you: 'member' | 'observer' | 'none') => ({
      id: 'x',
      kind: 'exchange' as const,
      state: 'open' as const,
      parent: null,
      people: [],
      you,
    })
    expect(isIn({ interactions: [one('none')] })).toBe(false)
    expect(isIn({ interactions: [one('none'), one('observer')] })).toBe(true)
  })
})
