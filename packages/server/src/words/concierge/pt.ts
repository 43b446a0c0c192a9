import type { concierge as english } from './en.ts'

export const concierge: Record<keyof typeof english, string> = {
  assistant: 'Assistência',
  'your-answer': 'A sua resposta',
  'email-address': 'Endereço de e-mail',
  'mobile-number': 'Número de telemóvel',
  'messenger-address': 'Endereço do mensageiro (XMPP)',
  'phone-address': 'Endereço do telefone (SIP)',
  'refused-script-refused': 'Este guião não pode ser guardado assim. Veja o que está assinalado.',
  'refused-changed-meanwhile': 'Entretanto, outra pessoa guardou este guião. Veja primeiro essa versão.',
}
