import type { nudges as english } from './en.ts'

export const nudges: Record<keyof typeof english, string> = {
  'nudge-message': 'رسالة جديدة',
  'nudge-question': 'سؤال جديد',
}
