import type { people as english } from './en.ts'

export const people: Record<keyof typeof english, string> = {
  'link-unknown-title': 'Este enlace no lleva a ninguna parte',
  'link-unknown': 'Compruebe que se copió entero o pida uno nuevo a quien se lo dio.',
  'refused-link-expired': 'Este enlace era válido solo por un tiempo, que ya pasó. Pida uno nuevo.',
  'refused-link-used-up': 'Este enlace ya se usó tantas veces como se permite. Pida uno nuevo.',
  'refused-link-code-malformed':
    'Use de 3 a 40 letras minúsculas, cifras y guiones, con letra o cifra al principio y al final.',
  'refused-link-code-taken': 'Esta palabra ya se usa. Elija otra.',
  'refused-last-administrator': 'Alguien tiene que administrar esta cuenta. Nombre antes a otro administrador.',
  'refused-joining-closed': 'De momento nadie puede unirse aquí.',
  'refused-invitation-needed': 'Aquí solo se puede entrar con invitación. Pida una.',
  'refused-invitation-ended': 'Esta invitación ya se usó o es demasiado antigua. Pida una nueva.',
  'refused-removed': 'La administración ha terminado su participación aquí. Pregúntele si cree que es un error.',
  'refused-alias-reveals': 'Una dirección o un número le delataría aquí. Elija un nombre.',
  'join-welcome':
    'Se ha unido a {account}. Las preguntas que encajen con lo que eligió llegarán a esta dirección. Para contestar basta con responder.',
  'join-waits':
    'Gracias por querer unirse a {account}. Alguien lo mirará y recibirá aquí la respuesta. Hasta entonces no llegan preguntas.',
  'join-approved':
    'Buenas noticias: ya forma parte de {account}. Las preguntas adecuadas llegarán a esta dirección. Para contestar basta con responder.',
  'join-declined':
    'Gracias por querer unirse a {account}. Se ha decidido no añadir a nadie por ahora. No le llegarán preguntas.',
  'join-subject': 'Unirse a {account}',
  'membership-link': 'Hacer una pausa o irse',
  'someone-waits-subject': '{name} quiere unirse',
  'someone-waits': '{name} quiere unirse a {account} y espera su sí o su no.',
  'someone-waits-link': 'Verlo',
  'invitation-subject': 'Una invitación de {account}',
  'invitation-text':
    '{account} le invita a contestar preguntas de desconocidos, por correo o en un escritorio en línea, sin revelar su dirección. Abra el enlace para unirse. Si no le interesa, ignore este mensaje.',
  'invitation-link': 'Unirse',
}
