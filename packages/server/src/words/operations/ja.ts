import type { operations as en } from './en.ts'

export const operations: typeof en = {
  'refused-wrong-state': 'すでにその状態か、もうその状態にはできません。',
  'refused-not-together': 'この二つは一つにできません。',
  'refused-no-such-person': 'その名前の人はここにいません。',
  'refused-asks-here': 'ここで質問している人を、本人の知らないところに加えることはできません。',
  'refused-nothing-to-undo': 'ここには元に戻せるものがありません。',
  'refused-built-on': '後のものがこれに基づいています。先にそれを元に戻してください。',
  'sealed-message': '{alias}さんからメッセージがあります。保護されているため、ここには表示されません。',
  'sealed-question': '{asker}さんから質問があります。保護されているため、ここには表示されません。',
  'sealed-link': '保護されたページで読む',
  'refused-sealed': 'これは封印されており、封印されていない場所へは出せません。',
}
