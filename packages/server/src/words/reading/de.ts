import type { reading as english } from './en.ts'

export const reading: Record<keyof typeof english, string> = {
  'topic-which': 'Geht es um {first} oder um {second}?',
  'topic-other': 'Etwas anderes',
  'refused-pattern-refused': 'Dieses Muster lässt sich so nicht verwenden.',
}
