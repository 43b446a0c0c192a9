import type { files as english } from './en.ts'

export const files: Record<keyof typeof english, string> = {
  'file-page-title': 'ملف لك',
  'file-page-for': 'يمرّر إليك {site} هذا الملف.',
  'file-page-until': 'يعمل هذا الرابط حتى {date}.',
  'file-page-open': 'تنزيل',
  'file-page-expired-title': 'هذا الرابط قديم جدًا',
  'file-page-expired': 'كان صالحًا لمدة معيّنة وقد انتهت. اطلب الملف مرة أخرى في محادثتك.',
  'file-page-unknown-title': 'لا يوجد ملف هنا',
  'file-page-unknown': 'يرجى التحقق من نسخ الرابط كاملًا. وربما أُزيل الملف أيضًا.',
  'refused-file-infected': 'لم يُمرَّر هذا الملف: عثر ماسح الفيروسات على شيء فيه.',
  'left-out-virus': 'عُثر فيه على فيروس.',
  'file-page-unchecked': 'لم يُفحص هذا الملف بحثًا عن الفيروسات.',
}
