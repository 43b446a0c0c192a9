import type { push as english } from './en.ts'

export const push: Record<keyof typeof english, string> = {
  'push.title': 'Notificaciones en este navegador',
  'push.how':
    'Un mensaje o una pregunta nueva se muestra en este dispositivo mientras el escritorio está cerrado aquí. Un clic lo abre.',
  'push.on': 'Avisarme en este navegador',
  'push.words': 'Mostrar quién escribe y qué, también en la pantalla bloqueada',
  'push.wordsHow': 'Desactivado: solo dice que hay algo nuevo.',
  'push.denied':
    'Este navegador no permite notificaciones de esta página. Permítalas en sus ajustes, junto a la dirección.',
  'push.none':
    'Este navegador no ofrece notificaciones aquí. En un iPhone o iPad, añada primero esta página a la pantalla de inicio.',
}
