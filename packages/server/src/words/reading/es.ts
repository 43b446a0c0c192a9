import type { reading as english } from './en.ts'

export const reading: Record<keyof typeof english, string> = {
  'topic-which': '¿Se trata de {first} o de {second}?',
  'topic-other': 'Otra cosa',
  'refused-pattern-unbounded': 'Nada puede repetirse sin fin. Vea el carácter {at}.',
  'refused-pattern-groups': 'Aquí no hay grupos ni alternativas; escriba dos patrones. Vea el carácter {at}.',
  'refused-pattern-loose':
    'Esto encontraría un número en casi cualquier texto. Hacen falta al menos tres caracteres, y uno debe poder variar.',
  'refused-pattern-malformed': 'Este patrón no está completo. Vea el carácter {at}.',
}
