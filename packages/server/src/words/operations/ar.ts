import type { operations as en } from './en.ts'

export const operations: typeof en = {
  'refused-wrong-state': 'هو في هذه الحالة بالفعل، أو لم يعد ذلك ممكنًا.',
  'refused-not-together': 'لا يمكن جمع هذين معًا.',
  'refused-no-such-person': 'لا يوجد هنا أحد بهذا الاسم.',
  'refused-asks-here': 'من يسأل هنا لا يمكن إدخاله دون علمه.',
  'refused-nothing-to-undo': 'لا شيء هنا يمكن التراجع عنه.',
  'refused-built-on': 'هناك ما بُني على هذا لاحقًا. تراجع عنه أولًا.',
  'sealed-message': 'كتب إليك {alias}. الرسالة محمية ولا تُعرض هنا.',
  'sealed-question': 'لدى {asker} سؤال. السؤال محمي ولا يُعرض هنا.',
  'sealed-link': 'القراءة في صفحة محمية',
  'refused-sealed': 'هذا مختوم ولا يمكن أن يذهب إلى مكان غير مختوم.',
}
