import type { concierge as english } from './en.ts'

export const concierge: Record<keyof typeof english, string> = {
  assistant: 'المساعد',
  'your-answer': 'إجابتك',
  'email-address': 'عنوان البريد الإلكتروني',
  'mobile-number': 'رقم الجوال',
  'messenger-address': 'عنوان المراسلة (XMPP)',
  'phone-address': 'عنوان الهاتف (SIP)',
  'refused-script-refused': 'لا يمكن حفظ هذا السيناريو كما هو. انظر إلى ما تم تمييزه.',
  'refused-changed-meanwhile': 'حفظ شخص آخر هذا السيناريو في هذه الأثناء. اطّلع على نسخته أولًا.',
}
