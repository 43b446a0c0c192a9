import type { reading as english } from './en.ts'

export const reading: Record<keyof typeof english, string> = {
  'topic-which': 'Si tratta di {first} o di {second}?',
  'topic-other': 'Altro',
  'refused-pattern-refused': 'Questo modello non può essere usato così.',
}
