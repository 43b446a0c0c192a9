import type { Word } from '../words/words.model.ts'

const words: Record<string, Word> = {
  merge: 'structure.merge',
  split: 'structure.split',
  copy: 'structure.copy',
  link: 'structure.link',
  unlink: 'structure.unlink',
  undo: 'structure.undo',
  close: 'structure.close',
  reopen: 'structure.reopen',
  transfer: 'structure.transfer',
  file: 'structure.file',
  seal: 'structure.seal',
  erase: 'structure.erase',
  whisper: 'structure.whisper',
  observe: 'structure.observe',
  leave: 'structure.leave',
  invite: 'structure.inviteThem',
  add: 'structure.inviteThem',
  'open-backchannel': 'structure.openBackchannel',
  'set-fields': 'structure.fields',
  'open-own-space': 'structure.newNote',
  grant: 'structure.grant',
  revoke: 'structure.revoke',
  'let-see': 'structure.letSee',
  'let-team-in': 'structure.teamIn',
  'let-team-out': 'structure.teamOut',
  'answer-invitation': 'structure.answered',
  'withdraw-invitation': 'structure.withdrawn',
  remove: 'structure.removedOne',
  'set-place': 'structure.place',
}

/** What an operation is called for people; null for one that this desk does not know yet. */
export const doneWord = (name: string): Word | null => (Object.hasOwn(words, name) ? (words[name] ?? null) : null)
