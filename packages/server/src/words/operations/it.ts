import type { operations as en } from './en.ts'

export const operations: typeof en = {
  'refused-wrong-state': 'È già in questo stato, o non può più esserlo.',
  'refused-not-together': 'Questi due non si possono unire.',
  'refused-no-such-person': 'Qui non c’è nessuno con questo nome.',
  'refused-asks-here': 'Chi chiede qui non può essere coinvolto a propria insaputa.',
  'refused-nothing-to-undo': 'Qui non c’è nulla da annullare.',
  'refused-built-on': 'Qualcosa di successivo dipende da questo. Annulli prima quello.',
  'sealed-message': '{alias} Le ha scritto. Il messaggio è protetto e non viene mostrato qui.',
  'sealed-question': '{asker} ha una domanda. È protetta e non viene mostrata qui.',
  'sealed-link': 'Leggi su una pagina protetta',
  'refused-sealed': 'Questo è sigillato e non può andare dove non lo è.',
}
