import type { reading as english } from './en.ts'

export const reading: Record<keyof typeof english, string> = {
  'topic-which': 'Si tratta di {first} o di {second}?',
  'topic-other': 'Altro',
  'refused-pattern-unbounded': 'Nulla può ripetersi senza fine. Vedere il carattere {at}.',
  'refused-pattern-groups': 'Qui non ci sono gruppi né alternative; scrivere due modelli. Vedere il carattere {at}.',
  'refused-pattern-loose':
    'Questo troverebbe un numero in quasi ogni testo. Servono almeno tre caratteri, e uno deve poter variare.',
  'refused-pattern-malformed': 'Questo modello non è completo. Vedere il carattere {at}.',
}
