import { foldText } from '../../criteria/fold-text.ts'

/**
 * Reads yes or no in any of the eleven languages. The whole answer says it, or its first word does and nothing after it takes it back:
 * "yes, on Friday", "nein, noch nicht". "No idea" is neither.
 */
export function yesOrNo(text: string): 'yes' | 'no' | null {
  const plain = plainWords(text)
  if (unsure.test(plain)) return null
  if (YES.has(plain)) return 'yes'
  if (NO.has(plain)) return 'no'
  const polite = plain.replace(politeness, ' ').trim()
  if (YES.has(polite)) return 'yes'
  if (NO.has(polite)) return 'no'
  if (/^はい|^ええ(?!と)|^うん/u.test(plain)) return 'yes'
  if (/^いいえ|^いえ(?!ば)|^ううん/u.test(plain)) return 'no'
  // A long text is a story, whatever word it begins with.
  if (plain.length > 120) return null
  const [first = '', ...rest] = plain.split(' ')
  const isYes = firstYes.has(first)
  const isNo = firstNo.has(first)
  if (isYes === isNo || rest.some((word) => (isYes ? firstNo : firstYes).has(word))) return null
  return isYes ? 'yes' : 'no'
}

function plainWords(text: string): string {
  return foldText(text.slice(0, 2_000))
    .replaceAll(/[’ʼ`´]/gu, "'")
    .replaceAll(/👍\p{Emoji_Modifier}?|✅|☑|✔/gu, ' yes ')
    .replaceAll(/👎\p{Emoji_Modifier}?|❌/gu, ' no ')
    .replaceAll(/[^\p{L}\p{M}\p{N}' ]+/gu, ' ')
    .replaceAll(/ +/gu, ' ')
    .trim()
}

const unsure =
  /^(no idea|no clue|no se|no sé|ni idea|non so|non lo so|non sais pas|no lo sé|no lo se|não sei|nao sei|nie wiem|не знаю|нет идей|keine ahnung|ja und nein|yes and no|لا أعرف|لا اعرف|لا أدري|geen idee|yes or no|ja oder nein)( |$)/u
const politeness =
  /(^| )(please|pls|thanks|thank you|bitte|danke|merci|s'il vous plaît|s'il te plaît|svp|por favor|gracias|per favore|grazie|alstublieft|graag|bedankt|dank je|proszę|poproszę|dziękuję|obrigado|obrigada|пожалуйста|спасибо|من فضلك|شكرا|sir|madam|dear)(?= |$)/gu

const YES = phrases(`
  yes, y, yep, yeah, yea, yup, sure, of course, certainly, absolutely, definitely, correct, right, that's right, indeed, ok, okay, exactly, true, i do, i am, i have, it is, it does, it did, we do, go ahead, sounds good
  ja, j, jo, jawohl, klar, genau, natürlich, sicher, stimmt, richtig, gern, gerne, auf jeden fall, selbstverständlich, doch, jep, passt
  oui, ouais, bien sûr, bien sur, tout à fait, exactement, d'accord, volontiers, certainement, absolument, c'est ça, si
  sí, si, claro, por supuesto, desde luego, vale, exacto, correcto, así es, de acuerdo, cierto
  sì, certo, certamente, esatto, d'accordo, va bene, assolutamente, giusto, ovviamente
  jazeker, zeker, klopt, natuurlijk, inderdaad, prima, uiteraard, graag
  tak, t, pewnie, oczywiście, jasne, zgadza się, owszem, dokładnie, no tak, dobrze
  sim, s, claro que sim, com certeza, isso, isso mesmo, exato, certo, pode ser, é
  да, ага, конечно, верно, точно, угу, хорошо, разумеется, правильно, именно, ладно, так и есть
  نعم, أجل, اجل, ايوه, أيوه, ايوا, أيوا, طبعا, بالطبع, بالتأكيد, صحيح, اكيد, أكيد, موافق, تمام, حسنا
  はい, ええ, うん, そうです, もちろん, お願いします, はいお願いします, その通りです, そう, 大丈夫です, いいです, いいですよ, はい そうです`)

const NO = phrases(`
  no, n, nope, nah, not really, not yet, no way, never, negative, not at all, incorrect, wrong, false, i don't, i do not, i am not, i'm not, i haven't, it isn't, it is not, it doesn't, it didn't, not me
  nein, nee, nö, ne, noch nicht, gar nicht, keineswegs, nie, niemals, falsch, stimmt nicht, leider nicht, auf keinen fall, leider nein
  non, pas du tout, pas encore, jamais, pas vraiment, absolument pas, non pas encore, nan, bien sûr que non
  todavía no, aún no, para nada, nunca, claro que no, en absoluto, no todavía
  ancora no, per niente, mai, affatto, assolutamente no, non ancora, no no
  nog niet, helemaal niet, nooit, absoluut niet, klopt niet
  nie, jeszcze nie, wcale nie, nigdy, skąd, absolutnie nie
  não, nao, ainda não, nunca, de jeito nenhum, claro que não, de modo nenhum
  нет, не, пока нет, ещё нет, никогда, вовсе нет, неверно, нисколько, неа
  لا, كلا, ليس بعد, أبدا, ابدا, مطلقا, لا لا, غير صحيح
  いいえ, いえ, ううん, 違います, まだです, ちがいます, いりません, 結構です, ないです, ありません, まだ, そうではありません, 大丈夫ではありません`)

const firstYes: ReadonlySet<string> = new Set([
  ...['yes', 'yep', 'yeah', 'yup', 'ja', 'jawohl', 'oui', 'ouais', 'sí', 'sì', 'jazeker', 'tak', 'sim', 'да', 'ага'],
  ...['نعم', 'أجل', 'ايوه', 'أيوه'],
])
const firstNo: ReadonlySet<string> = new Set([
  ...['no', 'nope', 'nah', 'nein', 'non', 'nee', 'nö', 'nie', 'não', 'nao', 'нет', 'لا', 'كلا'],
])

function phrases(list: string): ReadonlySet<string> {
  return new Set(
    list
      .split(/[,\n]/u)
      .map((phrase) => foldText(phrase))
      .filter((phrase) => phrase !== ''),
  )
}
