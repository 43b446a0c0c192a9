import type { push as english } from './en.ts'

export const push: Record<keyof typeof english, string> = {
  'push.title': 'Notifiche in questo browser',
  'push.how':
    'Un nuovo messaggio o una nuova domanda appare su questo dispositivo mentre la scrivania qui è chiusa. Un clic lo apre.',
  'push.on': 'Avvisami in questo browser',
  'push.words': 'Mostrare chi scrive e che cosa, anche sulla schermata di blocco',
  'push.wordsHow': 'Disattivato: dice soltanto che c’è qualcosa di nuovo.',
  'push.denied':
    'Questo browser non consente notifiche da questa pagina. Le consenta nelle impostazioni, accanto all’indirizzo.',
  'push.none':
    'Questo browser qui non offre notifiche. Su iPhone o iPad aggiunga prima questa pagina alla schermata Home.',
}
