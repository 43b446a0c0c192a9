import { concierge } from './concierge/fr.ts'
import { criteria } from './criteria/fr.ts'
import type { Words } from './en.ts'
import { files } from './files/fr.ts'
import { nudges } from './nudges/fr.ts'
import { operations } from './operations/fr.ts'
import { people } from './people/fr.ts'
import { reading } from './reading/fr.ts'
import { starting } from './starting/fr.ts'

export const fr: Words = {
  ...concierge,
  ...reading,
  ...starting,
  ...criteria,
  ...people,
  ...nudges,
  ...operations,
  ...files,
  visitor: 'Visiteur',
  responder: 'Conseiller',
  greeting: 'Bonjour ! Comment pouvons-nous vous aider ?',
  'asker-from': '{asker} ({region})',

  'because-topic': 'Vous avez choisi les questions sur ce thème : {topic}.',
  'because-all': 'Vous acceptez les questions sur tous les thèmes.',
  'because-named': 'On vous a demandé, vous ou votre équipe, nommément.',
  'because-acquainted': 'Vous avez déjà aidé cette personne.',
  'because-moved': 'Cette conversation a besoin d’un nouvel interlocuteur.',
  'because-wishes': 'Cela correspond à ce que vous souhaitez : {wishes}.',
  'offer-news': '{asker} a ajouté quelque chose. Voici la question à présent :',
  'offer-no-words': 'Rien n’a encore été écrit. Vous pouvez parler en premier.',
  'offer-prefers-another-medium':
    'Merci de votre réponse. Pour cette question, nous attendons encore un peu une réponse par une autre voie, préférée ici. S’il n’en vient pas, la vôtre sera transmise ; s’il en vient une, nous vous le dirons.',
  'offer-not-invited':
    'Merci de votre réponse. Seules les personnes demandées nommément peuvent répondre à cette question ; votre réponse n’a donc pas été transmise. Elle a été conservée.',
  'question-changed': 'Il s’avère que cette question porte sur autre chose. Vous n’avez rien à faire.',
  'question-expired': 'Le délai pour cette question est écoulé. Vous n’avez rien à faire.',
  'moved-on': 'Merci ! Quelqu’un d’autre poursuit cette conversation et vous n’en recevrez plus les messages. {reason}',
  'left-topic': 'La question porte maintenant sur autre chose.',
  'left-language': 'La conversation se poursuit dans une autre langue.',
  'left-wish': 'Quelqu’un d’autre a été demandé.',
  'left-silence': 'Il n’y a pas eu de réponse pendant un moment.',
  'left-left': 'La personne qui répondait n’est plus disponible.',
  'left-by-hand': 'La conversation a été transmise.',

  'offer-subject': 'Une question : {topic}',
  'offer-subject-plain': 'Une question pour vous',
  'offer-intro': '{asker} demande :',
  'offer-how':
    'Pour répondre, il suffit de répondre à ce message. Votre adresse reste cachée. La première personne qui répond prend la conversation.',
  'offer-how-many': 'Pour répondre, il suffit de répondre à ce message. Votre adresse reste cachée.',
  'offer-decline':
    'Pas pour vous ? Répondez « refuser ». Pour ne plus recevoir de questions pendant un temps, répondez « pause » ; pour ne plus en recevoir du tout, « arrêt ».',
  'offer-lines': 'Répondez simplement. Pas pour vous ? "refuser". Plus aucune question : "stop".',

  'message-subject': 'Votre conversation avec {site}',
  'message-how': 'Pour répondre, il suffit de répondre à ce message. Votre adresse reste cachée.',
  'earlier-title': 'Ce qui a été dit avant',
  'reply-all-how': 'Votre réponse ne va qu’à {alias}. Pour répondre à tous, écrivez à {address}.',

  'question-taken': 'Merci ! Quelqu’un d’autre a répondu à cette question entre-temps. Vous n’avez rien à faire.',
  'question-withdrawn': 'Cette question a été retirée. Vous n’avez rien à faire.',
  'offer-slots-taken':
    'Merci pour votre réponse. Quelqu’un d’autre a été un peu plus rapide cette fois, elle n’a donc pas été transmise. Elle est conservée, et nous vous solliciterons à nouveau.',
  'offer-too-late':
    'Merci pour votre réponse. Le délai pour cette question était écoulé, elle n’a donc pas été transmise. Elle est conservée.',
  'offer-offer-withdrawn':
    'Merci pour votre réponse. Cette question avait été retirée, elle n’a donc pas été transmise. Elle est conservée.',
  'offer-ticket-closed':
    'Merci pour votre réponse. Cette conversation est terminée, elle n’a donc pas été transmise. Elle est conservée.',
  'offer-declined': 'C’est noté. Vous n’entendrez plus parler de cette question.',
  'offer-paused':
    'C’est noté. Vous ne recevrez plus de questions jusqu’à ce que vous répondiez « reprendre » à l’une d’elles ou que vous les réactiviez à votre bureau.',
  'offer-stopped':
    'C’est noté. Vous ne recevrez plus de questions. Si c’était une erreur, répondez « reprendre » à ce message.',
  'offer-resumed': 'Ravis de vous retrouver ! Vous recevez de nouveau des questions.',

  'held-subject': 'Avez-vous écrit ceci ?',
  'held-unknown-sender':
    'Un message est arrivé dans votre conversation depuis une adresse que nous ne connaissons pas comme la vôtre. Nous ne l’avons pas transmis. S’il vient de vous, ouvrez le lien et transmettez-le. Sinon, vous n’avez rien à faire.',
  'held-contradicted':
    'Un message est arrivé dans votre conversation sous votre nom, mais il ne semble pas venir de votre fournisseur de messagerie. Nous ne l’avons pas transmis. S’il vient de vous, ouvrez le lien et transmettez-le. Sinon, vous n’avez rien à faire.',
  'held-link': 'Voir le message',
  'conversation-closed': 'Cette conversation est terminée, votre message n’a donc pas été transmis.',
  'place-left': 'Vous ne participez plus à cette conversation, votre message n’a donc pas été transmis.',
  'attachment-left-out': 'Votre message a été transmis, mais sans le fichier {name} : {reason}',
  'left-out-damaged': 'il est endommagé ou incomplet.',
  'left-out-encrypted': 'il est protégé par un mot de passe.',
  'left-out-too-expansive': 'il contient bien plus que sa taille ne le laisse croire.',
  'left-out-active-content': 'il contient des programmes ou des macros.',
  'left-out-executable': 'c’est un programme.',
  'left-out-dangerous-name': 'les fichiers de ce type peuvent être nuisibles.',
  'left-out-holds-other-files': 'il contient d’autres fichiers.',
  'left-out-carries-addresses': 'il contient des adresses.',
  'left-out-metadata-not-removable': 'il contient sur vous des données cachées qui ne peuvent pas être retirées.',
  'left-out-unknown-type': 'nous ne connaissons pas ce type de fichier.',
  'left-out-too-large': 'il est trop volumineux.',
  'left-out-empty': 'il est vide.',

  'code-subject': 'Votre code est {code}',
  'code-text':
    'Quelqu’un, sans doute vous, souhaite utiliser cette adresse dans une conversation. Saisissez-y ce code dans les 15 minutes :',
  'code-ignore': 'Si ce n’était pas vous, ignorez ce message. Nous n’enverrons rien d’autre à cette adresse.',
  'code-label': 'Code',
  'code-lines': '{site} : votre code, valable 15 minutes',
  'code-lines-ignore': 'Pas vous ? Ignorez ceci.',

  'sign-in-subject': 'Votre lien de connexion',
  'sign-in-text': 'Ouvrez ce lien pour vous connecter. Il est valable une seule fois, pendant 15 minutes.',
  'sign-in-link': 'Se connecter',

  'transcript-subject': 'Votre conversation avec {site}',
  'transcript-intro': 'Voici ce qui a été dit :',
  'recovery-link': 'Relire et continuer',
  're-read-link': 'Lire toute la conversation',

  'delivery-failed-subject': 'Un message n’a pas pu être remis',
  'delivery-failed':
    'Votre dernier message n’a pas pu être remis, car l’autre personne n’est pas joignable pour le moment. Il est conservé dans la conversation.',

  'link-read-title': 'Votre conversation',
  'link-read-intro': 'Vous pouvez relire ici ce qui a été dit dans une conversation à laquelle vous participez.',
  'link-read-open': 'Ouvrir la conversation',
  'link-read-how': 'Pour répondre, répondez au message qui vous a mené ici.',
  'link-read-empty': 'Il n’y a encore rien à lire ici.',
  'link-read-earlier': 'Afficher les messages précédents',
  'link-read-whole': 'Afficher le message en entier',
  'link-read-masked': 'Des données privées ont été masquées.',
  'link-read-unproven': 'L’expéditeur n’a pas pu être confirmé.',
  'link-you': 'Vous',
  'link-held-title': 'Avez-vous écrit ceci ?',
  'link-held-intro':
    'Un message est arrivé sous votre nom, mais nous n’avons pas pu nous assurer qu’il vient de vous. Personne ne l’a vu. Regardez-le et décidez.',
  'link-held-open': 'Voir le message',
  'link-held-from': 'Il se présente comme venant de {claims}.',
  'link-held-until': 'Si vous ne faites rien, il sera supprimé le {date}.',
  'link-held-release': 'C’est moi : le transmettre',
  'link-held-discard': 'Ce n’est pas moi : le supprimer',
  'link-held-released': 'Merci. Votre message a été transmis.',
  'link-held-discarded': 'Merci. Le message a été supprimé. Personne ne l’a vu.',
  'link-held-late': 'Merci. Le message n’a plus pu être transmis, car la conversation a évolué entre-temps.',
  'link-held-decided': 'La décision a déjà été prise. Il n’y a plus rien à faire.',
  'link-opening': 'Un instant…',
  'link-gone': 'Ce lien ne fonctionne plus. Il est peut-être trop ancien, ou ce vers quoi il menait n’existe plus.',
  'link-broken': 'Ce lien est incomplet. Ouvrez-le de nouveau depuis le message qui le contenait.',
  'link-failed': 'Cela n’a pas fonctionné. Réessayez dans un instant.',
  'link-script': 'Veuillez activer JavaScript pour cette page.',

  'refused-not-there': 'Cela ne se trouve pas ici, ou plus.',
  'refused-conversation-closed': 'Cette conversation est terminée.',
  'refused-interaction-closed': 'Cet échange est terminé.',
  'refused-text-empty': 'Ce message est encore vide.',
  'refused-text-too-long': 'Ce message est trop long. Envoyez-le en deux parties.',
  'refused-too-fast': 'C’était très rapide. Attendez un instant et envoyez-le de nouveau.',
  'refused-bad-endpoint': 'Un point d’accès est une adresse https sans utilisateur, mot de passe ni fragment (#).',
  'refused-endpoint-not-proven':
    'Le point d’accès n’a pas répondu au ping comme il le doit ({reason}). Rien n’a été changé.',
  'refused-too-many': 'C’était trop à la fois. Réessayez plus tard.',
  'refused-attachment-not-there': 'Le fichier n’est plus là. Veuillez le joindre à nouveau.',
  'refused-attachment-refused': 'Ce fichier ne peut pas être transmis.',
  'refused-unknown-choice': 'Ce choix n’est pas proposé ici.',
  'refused-form-incomplete': 'Veuillez remplir tous les champs obligatoires.',
  'refused-form-answered': 'Ce formulaire a déjà été rempli.',
  'refused-not-allowed': 'Vous ne pouvez pas faire cela ici.',
  'refused-under-way': 'C’est déjà en route.',
  'refused-malformed': 'Nous ne pouvons rien envoyer à cette adresse. Veuillez la vérifier.',
  'address-test': 'Ceci est un essai de {site}. Ce qui vous est envoyé de là-bas vous parvient ici.',
  'refused-not-reachable': 'Nous ne pouvons pas envoyer de messages à ce numéro. Veuillez en indiquer un autre.',
  'refused-no-such-medium': 'Ce moyen de vous joindre n’est pas disponible ici.',
  'refused-own-domain': 'C’est une de nos propres adresses. Veuillez donner la vôtre.',
  'refused-wrong-code': 'Ce code n’est pas le bon. Veuillez le vérifier.',
  'refused-unauthorised': 'Vous n’êtes plus connecté ici. Veuillez rouvrir la page.',
  'refused-wrong-origin': 'Cette demande ne vient pas de notre propre page.',
  'refused-too-large': 'C’est trop volumineux.',
  'refused-malformed-request': 'Cette demande n’a pas pu être comprise.',
  'refused-try-again': 'L’enregistrement n’a pas été possible. Veuillez réessayer.',
}
