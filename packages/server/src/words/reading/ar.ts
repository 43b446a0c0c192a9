import type { reading as english } from './en.ts'

export const reading: Record<keyof typeof english, string> = {
  'topic-which': 'هل يتعلق سؤالك بـ{first} أم بـ{second}؟',
  'topic-other': 'شيء آخر',
  'refused-pattern-refused': 'لا يمكن استخدام هذا النمط كما هو.',
}
