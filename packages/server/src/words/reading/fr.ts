import type { reading as english } from './en.ts'

export const reading: Record<keyof typeof english, string> = {
  'topic-which': 'S’agit-il de {first} ou de {second} ?',
  'topic-other': 'Autre chose',
  'refused-pattern-refused': 'Ce modèle ne peut pas être utilisé tel quel.',
}
