import type { reading as english } from './en.ts'

export const reading: Record<keyof typeof english, string> = {
  'topic-which': 'О чём ваш вопрос: {first} или {second}?',
  'topic-other': 'О другом',
  'refused-pattern-refused': 'Этот шаблон нельзя использовать в таком виде.',
}
