import type { Command } from '../model/world.ts'

type Of<Op> = Extract<Command, { op: Op }>

/** What an input needs to know besides the command. */
export interface Lookup {
  /** The id of somebody's place in a room; an id that never was where they have none. */
  place(room: string, person: string): string
  /** A position as whoever gives it counts it. */
  number(by: string, room: string, position: number): number
}

/** The operation of each command, with its input. What is no operation (`say`, a change of a team) is done otherwise. */
export const inputs: {
  readonly [Op in Command['op']]?: (command: Of<Op>, look: Lookup) => { name: string; input: object }
} = {
  add: ({ room, people, history, by }, look) => ({
    name: 'add',
    input: { interaction: room, people, history: counted(history, by, room, look) },
  }),
  invite: ({ room, people, history, by }, look) => ({
    name: 'invite',
    input: { interaction: room, people, history: counted(history, by, room, look) },
  }),
  'open-backchannel': ({ room, people, history, by }, look) => ({
    name: 'open-backchannel',
    input: { from: room, people, history: counted(history, by, room, look) },
  }),
  'answer-invitation': ({ invitation, accept }) => ({ name: 'answer-invitation', input: { invitation, accept } }),
  'withdraw-invitation': ({ invitation }) => ({ name: 'withdraw-invitation', input: { invitation } }),
  leave: ({ room }) => ({ name: 'leave', input: { interaction: room } }),
  remove: ({ room, person }, look) => ({ name: 'remove', input: { participant: look.place(room, person) } }),
  whisper: ({ room, message }) => ({ name: 'whisper', input: { interaction: room, text: message } }),
  observe: ({ room, history }) => ({ name: 'observe', input: { interaction: room, history } }),
  'set-role': ({ room, person, role }, look) => ({
    name: 'set-place',
    input: { participant: look.place(room, person), role: role === 'observer' ? role : 'responder' },
  }),
  grant: ({ room, person, history }) => ({
    name: 'grant',
    input: {
      ...{ interaction: room, person },
      ...(history === 'none' ? {} : history === 'all' ? { history } : history),
    },
  }),
  revoke: ({ room, person }) => ({ name: 'revoke', input: { interaction: room, person } }),
  'let-see': ({ conversation, on, history }) => ({
    name: 'let-see',
    input: { conversation, on, ...(history === 'all' ? { history } : {}) },
  }),
  'let-team-in': ({ conversation, team, history }) => ({
    name: 'let-team-in',
    input: { conversation, team, ...(history === 'all' ? { history } : {}) },
  }),
  'let-team-out': ({ conversation, team }) => ({ name: 'let-team-out', input: { conversation, team } }),
  transfer: ({ ticket, people }) => ({ name: 'transfer', input: { ticket, to: { people } } }),
  merge: ({ what, into, from, samePerson }) => ({
    name: 'merge',
    input: { into: named(what, into), from: named(what, from), ...(samePerson ? { samePerson } : {}) },
  }),
  split: ({ ticket, rooms }) => ({ name: 'split', input: { ticket, interactions: rooms } }),
  'split-messages': ({ ticket, room, messages, people }) => ({
    name: 'split',
    input: { ticket, from: room, messages, people },
  }),
  copy: ({ from, to, messages }) => ({ name: 'copy', input: { messages, from, to } }),
  link: ({ a, b }) => ({ name: 'link', input: { a: { interaction: a }, b: { interaction: b } } }),
  file: ({ room, message }) => ({
    name: 'file',
    input: { interaction: room, said: { text: message, at: '2026-02-01T10:00:00Z', by: { name: 'Somebody' } } },
  }),
  close: ({ what, thing }) => ({ name: 'close', input: { what: named(what, thing) } }),
  reopen: ({ what, thing }) => ({ name: 'reopen', input: { what: named(what, thing) } }),
  seal: ({ what, thing }) => ({ name: 'seal', input: named(what, thing) }),
  erase: ({ conversation }) => ({ name: 'erase', input: { conversation } }),
  'erase-person': ({ person }) => ({ name: 'erase-person', input: { person } }),
  rename: ({ room, person, alias }, look) => ({
    name: 'set-place',
    input: { participant: look.place(room, person), alias },
  }),
  'set-fields': ({ what, thing, field, value }) => ({
    name: 'set-fields',
    input: { what: named(what, thing), [field]: field === 'tags' ? [value] : value },
  }),
  'set-face': ({ room, person, face }, look) => ({
    name: 'set-place',
    input: { participant: look.place(room, person), face },
  }),
  undo: ({ operation }) => ({ name: 'undo', input: { operation } }),
}

const named = (what: string, id: string) => ({ [what === 'room' ? 'interaction' : what]: id })

function counted(history: 'none' | 'all' | { from: number }, by: string, room: string, look: Lookup) {
  return typeof history === 'object' ? { from: look.number(by, room, history.from) } : history
}
