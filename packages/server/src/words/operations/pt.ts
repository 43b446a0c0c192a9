import type { operations as en } from './en.ts'

export const operations: typeof en = {
  'refused-wrong-state': 'Já está nesse estado, ou já não pode estar.',
  'refused-not-together': 'Estes dois não podem ser unidos.',
  'refused-no-such-person': 'Não há aqui ninguém com esse nome.',
  'refused-asks-here': 'Quem pergunta aqui não pode ser incluído pelas suas próprias costas.',
  'refused-nothing-to-undo': 'Não há nada aqui para desfazer.',
  'refused-built-on': 'Algo posterior depende disto. Desfaça isso primeiro.',
  'sealed-message': '{alias} escreveu-lhe. A mensagem está protegida e não é mostrada aqui.',
  'sealed-question': '{asker} tem uma pergunta. Está protegida e não é mostrada aqui.',
  'sealed-link': 'Ler numa página protegida',
  'refused-sealed': 'Isto está selado e não pode ir para um lugar que não o esteja.',
}
