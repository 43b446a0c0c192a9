import type { reading as english } from './en.ts'

export const reading: Record<keyof typeof english, string> = {
  'topic-which': 'Czy chodzi o: {first}, czy o: {second}?',
  'topic-other': 'Coś innego',
  'refused-pattern-refused': 'Tego wzorca nie można użyć w tej postaci.',
}
