import type { operations as en } from './en.ts'

export const operations: typeof en = {
  'refused-wrong-state': 'Dit is al zo, of kan niet meer zo worden.',
  'refused-not-together': 'Deze twee kunnen niet één worden.',
  'refused-no-such-person': 'Er is hier niemand met die naam.',
  'refused-asks-here': 'Wie hier vraagt, kan niet achter de eigen rug om worden toegevoegd.',
  'refused-nothing-to-undo': 'Hier is niets om ongedaan te maken.',
  'refused-built-on': 'Iets van later bouwt hierop voort. Maak dat eerst ongedaan.',
  'sealed-message': '{alias} heeft u geschreven. Het bericht is beveiligd en staat hier niet.',
  'sealed-question': '{asker} heeft een vraag. Die is beveiligd en staat hier niet.',
  'sealed-link': 'Lezen op een beveiligde pagina',
  'refused-sealed': 'Dit is verzegeld en kan niet naar een plek die dat niet is.',
}
