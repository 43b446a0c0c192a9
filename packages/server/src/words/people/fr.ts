import type { people as english } from './en.ts'

export const people: Record<keyof typeof english, string> = {
  'link-unknown-title': 'Ce lien ne mène nulle part',
  'link-unknown': 'Vérifiez qu’il a été copié en entier, ou demandez-en un nouveau à la personne qui vous l’a donné.',
  'refused-link-expired': 'Ce lien n’était valable qu’un certain temps, qui est écoulé. Demandez-en un nouveau.',
  'refused-link-used-up': 'Ce lien a été utilisé autant de fois que permis. Demandez-en un nouveau.',
  'refused-link-code-malformed':
    'Utilisez 3 à 40 lettres minuscules, chiffres et traits d’union, avec une lettre ou un chiffre au début et à la fin.',
  'refused-link-code-taken': 'Ce mot est déjà utilisé. Choisissez-en un autre.',
  'refused-last-administrator': 'Quelqu’un doit administrer ce compte. Nommez d’abord un autre administrateur.',
  'refused-joining-closed': 'Personne ne peut s’inscrire ici pour le moment.',
  'refused-invitation-needed': 'On ne s’inscrit ici que sur invitation. Demandez-en une.',
  'refused-invitation-ended': 'Cette invitation a déjà servi ou est trop ancienne. Demandez-en une nouvelle.',
  'refused-removed':
    'L’administration a mis fin à votre participation ici. Renseignez-vous auprès d’elle si vous pensez que c’est une erreur.',
  'refused-alias-reveals': 'Une adresse ou un numéro vous trahirait ici. Choisissez un nom.',
  'join-welcome':
    'Vous avez rejoint {account}. Les questions qui correspondent à vos choix arriveront à cette adresse. Pour répondre, il suffit de répondre au message.',
  'join-waits':
    'Merci de vouloir rejoindre {account}. Quelqu’un va examiner votre demande et vous aurez la réponse ici. D’ici là, aucune question ne vous parvient.',
  'join-approved':
    'Bonne nouvelle : vous faites maintenant partie de {account}. Les questions qui vous conviennent arriveront à cette adresse. Pour répondre, il suffit de répondre au message.',
  'join-declined':
    'Merci d’avoir voulu rejoindre {account}. Il a été décidé de n’ajouter personne pour le moment. Aucune question ne vous parviendra.',
  'join-subject': 'Rejoindre {account}',
  'membership-link': 'Faire une pause ou partir',
  'someone-waits-subject': '{name} souhaite participer',
  'someone-waits': '{name} souhaite rejoindre {account} et attend votre oui ou votre non.',
  'someone-waits-link': 'Voir la demande',
  'invitation-subject': 'Une invitation de {account}',
  'invitation-text':
    '{account} vous invite à répondre aux questions d’inconnus, par courriel ou sur un bureau en ligne, sans dévoiler votre adresse. Ouvrez le lien pour participer. Sinon, ignorez ce message.',
  'invitation-link': 'Participer',
}
