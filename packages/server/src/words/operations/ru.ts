import type { operations as en } from './en.ts'

export const operations: typeof en = {
  'refused-wrong-state': 'Это уже в таком состоянии или больше не может в нём быть.',
  'refused-not-together': 'Эти два нельзя объединить.',
  'refused-no-such-person': 'Здесь нет никого с таким именем.',
  'refused-asks-here': 'Того, кто здесь спрашивает, нельзя пригласить за его же спиной.',
  'refused-nothing-to-undo': 'Здесь нечего отменять.',
  'refused-built-on': 'На этом основано нечто более позднее. Сначала отмените его.',
  'sealed-message': '{alias} пишет вам. Сообщение защищено и здесь не показано.',
  'sealed-question': '{asker} задаёт вопрос. Он защищён и здесь не показан.',
  'sealed-link': 'Прочитать на защищённой странице',
  'refused-sealed': 'Это запечатано и не может попасть туда, где этого нет.',
}
