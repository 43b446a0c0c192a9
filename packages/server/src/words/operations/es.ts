import type { operations as en } from './en.ts'

export const operations: typeof en = {
  'refused-wrong-state': 'Ya está en ese estado, o ya no puede estarlo.',
  'refused-not-together': 'Estos dos no se pueden unir.',
  'refused-no-such-person': 'Aquí no hay nadie con ese nombre.',
  'refused-asks-here': 'Quien pregunta aquí no puede ser incluido a sus espaldas.',
  'refused-nothing-to-undo': 'Aquí no hay nada que deshacer.',
  'refused-built-on': 'Algo posterior depende de esto. Deshágalo primero.',
  'sealed-message': '{alias} le ha escrito. El mensaje está protegido y no se muestra aquí.',
  'sealed-question': '{asker} tiene una pregunta. Está protegida y no se muestra aquí.',
  'sealed-link': 'Leer en una página protegida',
  'refused-sealed': 'Esto está sellado y no puede ir a un lugar que no lo esté.',
}
