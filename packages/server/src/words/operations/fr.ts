import type { operations as en } from './en.ts'

export const operations: typeof en = {
  'refused-wrong-state': 'C’est déjà dans cet état, ou cela ne peut plus l’être.',
  'refused-not-together': 'Ces deux-là ne peuvent pas être réunis.',
  'refused-no-such-person': 'Il n’y a personne de ce nom ici.',
  'refused-asks-here': 'La personne qui demande ici ne peut pas être invitée à son propre insu.',
  'refused-nothing-to-undo': 'Il n’y a rien à annuler ici.',
  'refused-built-on': 'Quelque chose de plus récent en dépend. Annulez-le d’abord.',
  'sealed-message': '{alias} vous a écrit. Le message est protégé et n’est pas affiché ici.',
  'sealed-question': '{asker} a une question. Elle est protégée et n’est pas affichée ici.',
  'sealed-link': 'Lire sur une page protégée',
  'refused-sealed': 'Ceci est scellé et ne peut pas aller là où ce ne l’est pas.',
}
