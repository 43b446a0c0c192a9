import type { reading as english } from './en.ts'

export const reading: Record<keyof typeof english, string> = {
  'topic-which': 'Gaat het over {first} of over {second}?',
  'topic-other': 'Iets anders',
  'refused-pattern-refused': 'Dit patroon kan zo niet worden gebruikt.',
}
