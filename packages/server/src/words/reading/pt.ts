import type { reading as english } from './en.ts'

export const reading: Record<keyof typeof english, string> = {
  'topic-which': 'Trata-se de {first} ou de {second}?',
  'topic-other': 'Outra coisa',
  'refused-pattern-refused': 'Este padrão não pode ser usado assim.',
}
