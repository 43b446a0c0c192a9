import type { push as english } from './en.ts'

export const push: Record<keyof typeof english, string> = {
  'push.title': 'Notifications dans ce navigateur',
  'push.how':
    'Un nouveau message ou une nouvelle question s’affiche sur cet appareil quand le bureau est fermé ici. Un clic l’ouvre.',
  'push.on': 'M’avertir dans ce navigateur',
  'push.words': 'Montrer qui écrit et quoi, aussi sur l’écran verrouillé',
  'push.wordsHow': 'Désactivé : seule la nouveauté est annoncée.',
  'push.denied':
    'Ce navigateur n’autorise pas les notifications de cette page. Autorisez-les dans ses réglages, à côté de l’adresse.',
  'push.none':
    'Ce navigateur n’offre pas de notifications ici. Sur un iPhone ou un iPad, ajoutez d’abord cette page à l’écran d’accueil.',
}
