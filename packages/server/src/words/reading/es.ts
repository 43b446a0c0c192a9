import type { reading as english } from './en.ts'

export const reading: Record<keyof typeof english, string> = {
  'topic-which': '¿Se trata de {first} o de {second}?',
  'topic-other': 'Otra cosa',
  'refused-pattern-refused': 'Este patrón no se puede usar así.',
}
