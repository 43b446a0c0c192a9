import type { reading as english } from './en.ts'

export const reading: Record<keyof typeof english, string> = {
  'topic-which': 'Trata-se de {first} ou de {second}?',
  'topic-other': 'Outra coisa',
  'refused-pattern-unbounded': 'Nada pode repetir-se sem fim. Veja o carácter {at}.',
  'refused-pattern-groups': 'Aqui não há grupos nem alternativas; escreva dois padrões. Veja o carácter {at}.',
  'refused-pattern-loose':
    'Isto encontraria um número em quase qualquer texto. São precisos pelo menos três caracteres, e um tem de poder variar.',
  'refused-pattern-malformed': 'Este padrão não está completo. Veja o carácter {at}.',
}
