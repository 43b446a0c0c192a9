import type { push as english } from './en.ts'

export const push: Record<keyof typeof english, string> = {
  'push.title': 'Powiadomienia w tej przeglądarce',
  'push.how':
    'Nowa wiadomość lub pytanie pojawia się na tym urządzeniu, gdy pulpit jest tu zamknięty. Kliknięcie je otwiera.',
  'push.on': 'Powiadamiaj mnie w tej przeglądarce',
  'push.words': 'Pokazuj, kto pisze i co, także na ekranie blokady',
  'push.wordsHow': 'Wyłączone: widać tylko, że jest coś nowego.',
  'push.denied': 'Ta przeglądarka nie zezwala na powiadomienia z tej strony. Zezwól na nie w ustawieniach obok adresu.',
  'push.none':
    'Ta przeglądarka nie oferuje tu powiadomień. Na iPhonie lub iPadzie najpierw dodaj tę stronę do ekranu początkowego.',
}
