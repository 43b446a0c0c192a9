import type { reading as english } from './en.ts'

export const reading: Record<keyof typeof english, string> = {
  'topic-which': 'هل يتعلق سؤالك بـ{first} أم بـ{second}؟',
  'topic-other': 'شيء آخر',
  'refused-pattern-unbounded': 'لا يجوز أن يتكرر شيء بلا نهاية. انظر الحرف {at}.',
  'refused-pattern-groups': 'لا توجد هنا مجموعات ولا بدائل؛ اكتب نمطين. انظر الحرف {at}.',
  'refused-pattern-loose': 'سيجد هذا النمط رقمًا في كل نص تقريبًا. يجب وجود ثلاثة أحرف على الأقل، يمكن أن يختلف أحدها.',
  'refused-pattern-malformed': 'هذا النمط غير مكتمل. انظر الحرف {at}.',
}
