import type { reading as english } from './en.ts'

export const reading: Record<keyof typeof english, string> = {
  'topic-which': 'Geht es um {first} oder um {second}?',
  'topic-other': 'Etwas anderes',
  'refused-pattern-unbounded': 'Nichts darf sich ohne Ende wiederholen. Siehe Zeichen {at}.',
  'refused-pattern-groups':
    'Gruppen und Alternativen gibt es hier nicht; schreiben Sie zwei Muster. Siehe Zeichen {at}.',
  'refused-pattern-loose':
    'Das fände in fast jedem Text eine Nummer. Mindestens drei Zeichen müssen da sein, und eines davon muss verschieden sein können.',
  'refused-pattern-malformed': 'Dieses Muster ist nicht vollständig. Siehe Zeichen {at}.',
}
