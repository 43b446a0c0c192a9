import type { concierge as english } from './en.ts'

export const concierge: Record<keyof typeof english, string> = {
  assistant: 'Asystent',
  'your-answer': 'Twoja odpowiedź',
  'email-address': 'Adres e-mail',
  'mobile-number': 'Numer komórki',
  'messenger-address': 'Adres komunikatora (XMPP)',
  'phone-address': 'Adres telefonu (SIP)',
  'refused-script-refused': 'Tego skryptu nie można zapisać w tej postaci. Sprawdź zaznaczone miejsca.',
  'refused-changed-meanwhile': 'W międzyczasie ktoś inny zapisał ten skrypt. Najpierw obejrzyj tamtą wersję.',
}
