import { concierge } from './concierge/es.ts'
import { criteria } from './criteria/es.ts'
import type { Words } from './en.ts'
import { files } from './files/es.ts'
import { nudges } from './nudges/es.ts'
import { operations } from './operations/es.ts'
import { people } from './people/es.ts'
import { reading } from './reading/es.ts'
import { starting } from './starting/es.ts'

export const es: Words = {
  ...concierge,
  ...reading,
  ...starting,
  ...criteria,
  ...people,
  ...nudges,
  ...operations,
  ...files,
  visitor: 'Visitante',
  responder: 'Agente',
  greeting: '¡Hola! ¿En qué podemos ayudarle?',
  'asker-from': '{asker} de {region}',

  'because-topic': 'Usted eligió preguntas sobre {topic}.',
  'because-all': 'Usted acepta preguntas sobre cualquier tema.',
  'because-named': 'Preguntaron por usted o por su equipo expresamente.',
  'because-acquainted': 'Usted ya ayudó antes a esta persona.',
  'because-moved': 'Esta conversación necesita a alguien nuevo.',
  'because-wishes': 'Coincide con lo que usted desea: {wishes}.',
  'offer-news': '{asker} añadió algo. La pregunta es ahora:',
  'offer-no-words': 'Todavía no se ha escrito nada. Puede hablar usted primero.',
  'offer-prefers-another-medium':
    'Gracias por contestar. Para esta pregunta esperamos un poco una respuesta por otro medio, que aquí se prefiere. Si no llega ninguna, pasaremos la suya; si llega, se lo diremos.',
  'offer-not-invited':
    'Gracias por contestar. Solo pueden responder a esta pregunta las personas por las que se preguntó expresamente, así que su respuesta no se ha pasado. Queda guardada.',
  'question-changed': 'Resulta que esta pregunta trata de otra cosa. No tiene que hacer nada.',
  'question-expired': 'El tiempo para esta pregunta ha terminado. No tiene que hacer nada.',
  'moved-on': '¡Gracias! Otra persona continúa esta conversación y usted no recibirá más mensajes de ella. {reason}',
  'left-topic': 'La pregunta trata ahora de otra cosa.',
  'left-language': 'La conversación sigue en otro idioma.',
  'left-wish': 'Se preguntó por otra persona.',
  'left-silence': 'No hubo respuesta durante un tiempo.',
  'left-left': 'La persona que respondía ya no está disponible.',
  'left-by-hand': 'La conversación se ha pasado a otra persona.',

  'offer-subject': 'Una pregunta sobre {topic}',
  'offer-subject-plain': 'Una pregunta para usted',
  'offer-intro': '{asker} pregunta:',
  'offer-how':
    'Para contestar, basta con responder a este mensaje. Su dirección permanece oculta. Quien conteste primero se queda con la conversación.',
  'offer-how-many': 'Para contestar, basta con responder a este mensaje. Su dirección permanece oculta.',
  'offer-decline':
    '¿No es para usted? Responda «rechazar». Si no quiere preguntas durante un tiempo, responda «pausa»; si no quiere ninguna más, «parar».',
  'offer-lines': 'Para contestar, responda. ¿No es para usted? "rechazar". Ninguna pregunta más: "stop".',

  'message-subject': 'Su conversación con {site}',
  'message-how': 'Para contestar, basta con responder a este mensaje. Su dirección permanece oculta.',
  'earlier-title': 'Lo que se dijo antes',
  'reply-all-how': 'Su respuesta llega solo a {alias}. Para contestar a todos, escriba a {address}.',

  'question-taken': '¡Gracias! Mientras tanto, otra persona contestó esta pregunta. No tiene que hacer nada.',
  'question-withdrawn': 'Esta pregunta se ha retirado. No tiene que hacer nada.',
  'offer-slots-taken':
    'Gracias por contestar. Esta vez otra persona fue un poco más rápida, por eso su respuesta no se transmitió. La guardamos y volveremos a preguntarle.',
  'offer-too-late':
    'Gracias por contestar. El plazo para esta pregunta había terminado, por eso su respuesta no se transmitió. La guardamos.',
  'offer-offer-withdrawn':
    'Gracias por contestar. Esta pregunta se había retirado, por eso su respuesta no se transmitió. La guardamos.',
  'offer-ticket-closed':
    'Gracias por contestar. Esta conversación ha terminado, por eso su respuesta no se transmitió. La guardamos.',
  'offer-declined': 'De acuerdo. No volverá a saber de esta pregunta.',
  'offer-paused':
    'De acuerdo. No recibirá más preguntas hasta que responda «reanudar» a alguna de ellas o las active de nuevo en su escritorio.',
  'offer-stopped': 'De acuerdo. No recibirá más preguntas. Si fue un error, responda «reanudar» a este mensaje.',
  'offer-resumed': '¡Qué bien que haya vuelto! Recibirá preguntas de nuevo.',

  'held-subject': '¿Escribió usted esto?',
  'held-unknown-sender':
    'A su conversación llegó un mensaje desde una dirección que no conocemos como suya. No lo hemos transmitido. Si lo escribió usted, abra el enlace y transmítalo. Si no, no tiene que hacer nada.',
  'held-contradicted':
    'A su conversación llegó un mensaje en su nombre, pero no parece venir de su proveedor de correo. No lo hemos transmitido. Si lo escribió usted, abra el enlace y transmítalo. Si no, no tiene que hacer nada.',
  'held-link': 'Ver el mensaje',
  'conversation-closed': 'Esta conversación ha terminado, por eso su mensaje no se transmitió.',
  'place-left': 'Usted ya no participa en esta conversación, por eso su mensaje no se transmitió.',
  'attachment-left-out': 'Su mensaje se transmitió, pero sin el archivo {name}: {reason}',
  'left-out-damaged': 'está dañado o incompleto.',
  'left-out-encrypted': 'está protegido con una contraseña.',
  'left-out-too-expansive': 'contiene mucho más de lo que indica su tamaño.',
  'left-out-active-content': 'contiene programas o macros.',
  'left-out-executable': 'es un programa.',
  'left-out-dangerous-name': 'los archivos de este tipo pueden causar daños.',
  'left-out-holds-other-files': 'contiene otros archivos.',
  'left-out-carries-addresses': 'contiene direcciones.',
  'left-out-metadata-not-removable': 'contiene datos ocultos sobre usted que no se pueden eliminar.',
  'left-out-unknown-type': 'no conocemos este tipo de archivo.',
  'left-out-too-large': 'es demasiado grande.',
  'left-out-empty': 'está vacío.',

  'code-subject': 'Su código es {code}',
  'code-text':
    'Alguien, probablemente usted, quiere usar esta dirección en una conversación. Introduzca allí este código en los próximos 15 minutos:',
  'code-ignore': 'Si no fue usted, ignore este mensaje. No enviaremos nada más a esta dirección.',
  'code-label': 'Código',
  'code-lines': '{site}: su código, válido 15 minutos',
  'code-lines-ignore': '¿No es usted? Ignórelo.',

  'sign-in-subject': 'Su enlace para iniciar sesión',
  'sign-in-text': 'Abra este enlace para iniciar sesión. Funciona una sola vez, durante los próximos 15 minutos.',
  'sign-in-link': 'Iniciar sesión',

  'transcript-subject': 'Su conversación con {site}',
  'transcript-intro': 'Esto es lo que se dijo:',
  'recovery-link': 'Volver a leerla y continuar',
  're-read-link': 'Leer toda la conversación',

  'delivery-failed-subject': 'No se pudo entregar un mensaje',
  'delivery-failed':
    'No se pudo entregar su último mensaje, porque en este momento no es posible comunicarse con la otra persona. Queda guardado en la conversación.',

  'link-read-title': 'Su conversación',
  'link-read-intro': 'Aquí puede volver a leer lo que se dijo en una conversación en la que participa.',
  'link-read-open': 'Abrir la conversación',
  'link-read-how': 'Para contestar, responda al mensaje que le trajo aquí.',
  'link-read-empty': 'Aquí aún no hay nada que leer.',
  'link-read-earlier': 'Mostrar mensajes anteriores',
  'link-read-whole': 'Mostrar el mensaje completo',
  'link-read-masked': 'Se han ocultado datos privados.',
  'link-read-unproven': 'No se pudo confirmar el remitente.',
  'link-you': 'Usted',
  'link-held-title': '¿Escribió usted esto?',
  'link-held-intro':
    'Llegó un mensaje en su nombre, pero no pudimos estar seguros de que fuera suyo. Nadie lo ha visto. Mírelo y decida.',
  'link-held-open': 'Ver el mensaje',
  'link-held-from': 'Dice venir de {claims}.',
  'link-held-until': 'Si no hace nada, se eliminará el {date}.',
  'link-held-release': 'Es mío: transmitirlo',
  'link-held-discard': 'No es mío: eliminarlo',
  'link-held-released': 'Gracias. Su mensaje se ha transmitido.',
  'link-held-discarded': 'Gracias. El mensaje se ha eliminado. Nadie lo ha visto.',
  'link-held-late': 'Gracias. El mensaje ya no se pudo transmitir, porque la conversación ha seguido adelante.',
  'link-held-decided': 'Esto ya se decidió. No queda nada por hacer.',
  'link-opening': 'Un momento…',
  'link-gone': 'Este enlace ya no funciona. Puede que sea demasiado antiguo o que su contenido ya no exista.',
  'link-broken': 'Este enlace está incompleto. Ábralo de nuevo desde el mensaje en el que llegó.',
  'link-failed': 'No ha funcionado. Inténtelo de nuevo en un momento.',
  'link-script': 'Active JavaScript para esta página.',

  'refused-not-there': 'Esto no está aquí, o ya no está.',
  'refused-conversation-closed': 'Esta conversación ha terminado.',
  'refused-interaction-closed': 'Este intercambio ha terminado.',
  'refused-text-empty': 'Este mensaje aún está vacío.',
  'refused-text-too-long': 'Este mensaje es demasiado largo. Envíelo en dos partes.',
  'refused-too-fast': 'Eso fue muy rápido. Espere un momento y envíelo de nuevo.',
  'refused-bad-endpoint': 'Un punto de entrega es una dirección https sin usuario, contraseña ni fragmento (#).',
  'refused-endpoint-not-proven': 'El punto de entrega no respondió al ping como debe ({reason}). No se cambió nada.',
  'refused-too-many': 'Fueron demasiadas cosas a la vez. Inténtelo más tarde.',
  'refused-attachment-not-there': 'El archivo ya no está aquí. Adjúntelo de nuevo.',
  'refused-attachment-refused': 'Este archivo no se puede transmitir.',
  'refused-unknown-choice': 'Esa opción no está disponible aquí.',
  'refused-form-incomplete': 'Rellene todo lo que está marcado como obligatorio.',
  'refused-form-answered': 'Este formulario ya se ha respondido.',
  'refused-not-allowed': 'No puede hacer esto aquí.',
  'refused-under-way': 'Esto ya está en camino.',
  'refused-malformed': 'No podemos enviar nada a esta dirección. Revísela, por favor.',
  'address-test': 'Esto es una prueba de {site}. Lo que se le envíe desde allí le llega aquí.',
  'refused-not-reachable': 'No podemos enviar mensajes a este número. Indique otro, por favor.',
  'refused-no-such-medium': 'Esta forma de contactarle no está disponible aquí.',
  'refused-own-domain': 'Esta es una de nuestras propias direcciones. Indique la suya.',
  'refused-wrong-code': 'Este código no es correcto. Compruébelo.',
  'refused-unauthorised': 'Su sesión aquí ha terminado. Abra la página de nuevo.',
  'refused-wrong-origin': 'Esta solicitud no vino de nuestra propia página.',
  'refused-too-large': 'Es demasiado grande.',
  'refused-malformed-request': 'No se pudo entender esta solicitud.',
  'refused-try-again': 'No se pudo guardar en este momento. Inténtelo de nuevo.',
}
