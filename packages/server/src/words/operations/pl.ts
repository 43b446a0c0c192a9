import type { operations as en } from './en.ts'

export const operations: typeof en = {
  'refused-wrong-state': 'To jest już w tym stanie albo nie może już być.',
  'refused-not-together': 'Tych dwóch nie można połączyć.',
  'refused-no-such-person': 'Nie ma tu nikogo o tej nazwie.',
  'refused-asks-here': 'Osoby, która tu pyta, nie można dołączyć za jej plecami.',
  'refused-nothing-to-undo': 'Nie ma tu nic do cofnięcia.',
  'refused-built-on': 'Coś późniejszego na tym polega. Najpierw cofnij tamto.',
  'sealed-message': '{alias} napisał(a) do Ciebie. Wiadomość jest chroniona i nie jest tu pokazana.',
  'sealed-question': '{asker} ma pytanie. Jest chronione i nie jest tu pokazane.',
  'sealed-link': 'Przeczytaj na chronionej stronie',
  'refused-sealed': 'To jest zapieczętowane i nie może trafić tam, gdzie nie jest.',
}
