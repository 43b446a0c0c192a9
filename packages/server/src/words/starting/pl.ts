import type { starting as english } from './en.ts'

export const starting: Record<keyof typeof english, string> = {
  'started-how': 'Rozmawiasz z {site}. Aby kontynuować, po prostu odpowiedz tutaj.',
  'started-confirm':
    'Ktoś, prawdopodobnie Ty, napisał z tego adresu do {site}. Jeśli to Ty, odpowiedz na tę wiadomość, a odpowiedzi przyjdą tutaj. Jeśli nie, zignoruj ją: nic więcej nie przyjdzie.',
  'which-one': 'Której rozmowy to dotyczy? Odpowiedz literami, które stoją przed nią:\n{list}',
  'which-one-again': 'Te litery nie należą do żadnej z Twoich rozmów. O którą chodzi?\n{list}',
  'which-person': 'Dla kogo to jest? Odpowiedz literami, które stoją przed osobą, albo ALL dla wszystkich:\n{list}',
  'which-nothing': 'Napisz to, co chcesz powiedzieć, po tych literach: {tag}',
  'opted-out': '{site}: nie otrzymasz tu więcej wiadomości. Odpowiedz START, aby znów je otrzymywać.',
  'opted-in':
    '{site}: witaj ponownie! Znów będziesz otrzymywać tu wiadomości. Odpowiedz STOP, aby je zakończyć, HELP, aby uzyskać pomoc.',
  'who-this-is':
    '{site}: tutaj docierają do Ciebie wiadomości od ludzi, a Twoje odpowiedzi docierają do nich. Po prostu odpowiedz. Odpowiedz STOP, aby nie otrzymywać więcej wiadomości.',
  'refused-address-taken': 'Ten adres jest już używany. Najpierw zwolnij go tam, gdzie jest używany.',
  'refused-site-needed': 'Podaj witrynę: kto tam napisze, rozpocznie na niej rozmowę.',
  'refused-keyword-empty': 'Słowo kluczowe musi zawierać co najmniej jedną literę lub cyfrę.',
}
