import type { starting as english } from './en.ts'

export const starting: Record<keyof typeof english, string> = {
  'started-how': 'Vous parlez avec {site}. Répondez simplement ici pour continuer.',
  'started-confirm':
    'Quelqu’un, sans doute vous, a écrit à {site} depuis cette adresse. Si c’est vous, répondez à ce message et les réponses arriveront ici. Sinon, ignorez-le : rien d’autre ne viendra.',
  'which-one': 'À quelle conversation cela se rapporte-t-il ? Répondez avec les lettres placées devant :\n{list}',
  'which-one-again': 'Ces lettres ne correspondent à aucune de vos conversations. Laquelle voulez-vous dire ?\n{list}',
  'which-person':
    'À qui est-ce destiné ? Répondez avec les lettres placées devant, ou ALL pour tout le monde :\n{list}',
  'which-nothing': 'Écrivez ce que vous voulez dire après ces lettres : {tag}',
  'opted-out': '{site} : vous ne recevrez plus de messages ici. Répondez START pour en recevoir à nouveau.',
  'opted-in':
    '{site} : content de vous revoir ! Vous recevrez à nouveau des messages ici. Répondez STOP pour arrêter, HELP pour de l’aide.',
  'who-this-is':
    '{site} : des personnes vous écrivent à cette adresse et vos réponses leur parviennent. Répondez simplement. Répondez STOP pour ne plus rien recevoir.',
  'refused-address-taken': 'Cette adresse est déjà utilisée. Libérez-la d’abord là où elle sert.',
  'refused-site-needed': 'Indiquez le site : qui y écrit commence une conversation de ce site.',
  'refused-keyword-empty': 'Un mot-clé doit contenir au moins une lettre ou un chiffre.',
}
