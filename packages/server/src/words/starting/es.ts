import type { starting as english } from './en.ts'

export const starting: Record<keyof typeof english, string> = {
  'started-how': 'Está hablando con {site}. Responda aquí para continuar.',
  'started-confirm':
    'Alguien, probablemente usted, ha escrito a {site} desde esta dirección. Si fue usted, responda a este mensaje y las respuestas llegarán aquí. Si no, ignórelo: no llegará nada más.',
  'which-one': '¿Para qué conversación es esto? Responda con las letras que tiene delante:\n{list}',
  'which-one-again': 'Esas letras no son de ninguna de sus conversaciones. ¿A cuál se refiere?\n{list}',
  'which-person': '¿Para quién es esto? Responda con las letras que tiene delante, o ALL para todos:\n{list}',
  'which-nothing': 'Escriba lo que quiere decir después de estas letras: {tag}',
  'opted-out': '{site}: ya no recibirá más mensajes aquí. Responda START para volver a recibirlos.',
  'opted-in':
    '{site}: ¡bienvenido de nuevo! Volverá a recibir mensajes aquí. Responda STOP para dejar de recibirlos, HELP para ayuda.',
  'who-this-is':
    '{site}: aquí le llegan mensajes de personas, y sus respuestas les llegan a ellas. Basta con responder. Responda STOP para no recibir más mensajes.',
  'refused-address-taken': 'Esta dirección ya está en uso. Libérela primero donde se usa.',
  'refused-site-needed': 'Indique el sitio: quien escriba ahí inicia una conversación de ese sitio.',
  'refused-keyword-empty': 'Una palabra clave necesita al menos una letra o una cifra.',
}
