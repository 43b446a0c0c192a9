import type { reading as english } from './en.ts'

export const reading: Record<keyof typeof english, string> = {
  'topic-which': 'О чём ваш вопрос: {first} или {second}?',
  'topic-other': 'О другом',
  'refused-pattern-unbounded': 'Ничто не может повторяться без конца. См. знак {at}.',
  'refused-pattern-groups': 'Групп и вариантов здесь нет; напишите два шаблона. См. знак {at}.',
  'refused-pattern-loose':
    'Такой шаблон нашёл бы номер почти в любом тексте. Нужно не меньше трёх знаков, и один из них должен быть переменным.',
  'refused-pattern-malformed': 'Шаблон неполон. См. знак {at}.',
}
