import type { operations as en } from './en.ts'

export const operations: typeof en = {
  'refused-wrong-state': 'Es ist schon in diesem Zustand oder kann es nicht mehr sein.',
  'refused-not-together': 'Diese beiden lassen sich nicht vereinen.',
  'refused-no-such-person': 'Hier gibt es niemanden mit diesem Namen.',
  'refused-asks-here': 'Wer hier fragt, kann nicht hinter dem eigenen Rücken dazugeholt werden.',
  'refused-nothing-to-undo': 'Hier gibt es nichts, was sich rückgängig machen lässt.',
  'refused-built-on': 'Etwas Späteres baut darauf auf. Machen Sie zuerst das rückgängig.',
  'sealed-message': '{alias} hat Ihnen geschrieben. Die Nachricht ist geschützt und wird hier nicht gezeigt.',
  'sealed-question': '{asker} hat eine Frage. Sie ist geschützt und wird hier nicht gezeigt.',
  'sealed-link': 'Auf einer geschützten Seite lesen',
  'refused-sealed': 'Dies ist versiegelt und kann nicht an einen Ort gehen, der es nicht ist.',
}
