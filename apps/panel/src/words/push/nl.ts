import type { push as english } from './en.ts'

export const push: Record<keyof typeof english, string> = {
  'push.title': 'Meldingen in deze browser',
  'push.how':
    'Een nieuw bericht of een nieuwe vraag verschijnt op dit apparaat terwijl de desk hier gesloten is. Een klik opent het.',
  'push.on': 'Mij in deze browser melden',
  'push.words': 'Tonen wie er schrijft en wat, ook op het vergrendelscherm',
  'push.wordsHow': 'Uit: er staat alleen dat er iets nieuws is.',
  'push.denied':
    'Deze browser staat meldingen van deze pagina niet toe. Sta ze toe in de instellingen, naast het adres.',
  'push.none':
    'Deze browser biedt hier geen meldingen. Zet deze pagina op een iPhone of iPad eerst op het beginscherm.',
}
