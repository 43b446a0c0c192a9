import type { starting as english } from './en.ts'

export const starting: Record<keyof typeof english, string> = {
  'started-how': 'U praat met {site}. Antwoord gewoon hier om verder te gaan.',
  'started-confirm':
    'Iemand, waarschijnlijk u, heeft vanaf dit adres naar {site} geschreven. Was u het, antwoord dan op dit bericht; de antwoorden komen dan hier. Zo niet, doe dan niets: er komt niets meer.',
  'which-one': 'Voor welk gesprek is dit? Antwoord met de letters die ervoor staan:\n{list}',
  'which-one-again': 'Deze letters horen bij geen van uw gesprekken. Welk bedoelt u?\n{list}',
  'which-person': 'Voor wie is dit? Antwoord met de letters die ervoor staan, of ALL voor iedereen:\n{list}',
  'which-nothing': 'Schrijf wat u wilt zeggen achter deze letters: {tag}',
  'opted-out': '{site}: u krijgt hier geen berichten meer. Antwoord START om ze weer te krijgen.',
  'opted-in': '{site}: welkom terug! U krijgt hier weer berichten. Antwoord STOP om te stoppen, HELP voor hulp.',
  'who-this-is':
    '{site}: op dit adres bereiken u berichten van mensen, en uw antwoorden bereiken hen. Antwoord gewoon. Antwoord STOP om geen berichten meer te krijgen.',
  'refused-address-taken': 'Dit adres is al in gebruik. Geef het eerst op waar het gebruikt wordt.',
  'refused-site-needed': 'Geef aan voor welke site: wie daarheen schrijft, begint daar een gesprek.',
  'refused-keyword-empty': 'Een trefwoord heeft minstens één letter of cijfer nodig.',
}
