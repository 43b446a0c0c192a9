import type { starting as english } from './en.ts'

export const starting: Record<keyof typeof english, string> = {
  'started-how': 'Sta parlando con {site}. Per continuare basta rispondere qui.',
  'started-confirm':
    'Qualcuno, probabilmente Lei, ha scritto a {site} da questo indirizzo. Se è stato Lei, risponda a questo messaggio e le risposte arriveranno qui. Altrimenti lo ignori: non arriverà altro.',
  'which-one': 'A quale conversazione si riferisce? Risponda con le lettere che la precedono:\n{list}',
  'which-one-again': 'Queste lettere non appartengono a nessuna delle Sue conversazioni. Quale intende?\n{list}',
  'which-person': 'Per chi è? Risponda con le lettere che precedono, o ALL per tutti:\n{list}',
  'which-nothing': 'Scriva ciò che vuole dire dopo queste lettere: {tag}',
  'opted-out': '{site}: non riceverà più messaggi qui. Risponda START per riceverli di nuovo.',
  'opted-in':
    '{site}: bentornato! Riceverà di nuovo messaggi qui. Risponda STOP per non riceverne più, HELP per assistenza.',
  'who-this-is':
    '{site}: qui Le arrivano messaggi di persone, e le Sue risposte arrivano a loro. Basta rispondere. Risponda STOP per non ricevere più messaggi.',
  'refused-address-taken': 'Questo indirizzo è già in uso. Lo liberi prima dove è usato.',
  'refused-site-needed': 'Indichi il sito: chi scrive lì inizia una conversazione di quel sito.',
  'refused-keyword-empty': 'Una parola chiave richiede almeno una lettera o una cifra.',
}
