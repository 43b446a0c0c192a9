import type { reading as english } from './en.ts'

export const reading: Record<keyof typeof english, string> = {
  'topic-which': 'S’agit-il de {first} ou de {second} ?',
  'topic-other': 'Autre chose',
  'refused-pattern-unbounded': 'Rien ne peut se répéter sans fin. Voir le caractère {at}.',
  'refused-pattern-groups': 'Il n’y a ici ni groupes ni alternatives ; écrivez deux modèles. Voir le caractère {at}.',
  'refused-pattern-loose':
    'Ce modèle trouverait un numéro dans presque tout texte. Il faut au moins trois caractères, dont un qui puisse varier.',
  'refused-pattern-malformed': 'Ce modèle n’est pas complet. Voir le caractère {at}.',
}
