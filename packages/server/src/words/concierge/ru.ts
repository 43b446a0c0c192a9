import type { concierge as english } from './en.ts'

export const concierge: Record<keyof typeof english, string> = {
  assistant: 'Помощник',
  'your-answer': 'Ваш ответ',
  'email-address': 'Адрес эл. почты',
  'mobile-number': 'Номер мобильного',
  'messenger-address': 'Адрес в мессенджере (XMPP)',
  'phone-address': 'Адрес телефона (SIP)',
  'refused-script-refused': 'В таком виде этот сценарий сохранить нельзя. Посмотрите, что отмечено.',
  'refused-changed-meanwhile': 'Тем временем кто-то другой сохранил этот сценарий. Сначала посмотрите ту версию.',
}
