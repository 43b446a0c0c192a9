import type { reading as english } from './en.ts'

export const reading: Record<keyof typeof english, string> = {
  'topic-which': 'Czy chodzi o: {first}, czy o: {second}?',
  'topic-other': 'Coś innego',
  'refused-pattern-unbounded': 'Nic nie może powtarzać się bez końca. Zob. znak {at}.',
  'refused-pattern-groups': 'Nie ma tu grup ani alternatyw; proszę napisać dwa wzorce. Zob. znak {at}.',
  'refused-pattern-loose':
    'To znalazłoby numer w prawie każdym tekście. Muszą być co najmniej trzy znaki, z których jeden może być różny.',
  'refused-pattern-malformed': 'Ten wzorzec nie jest pełny. Zob. znak {at}.',
}
