import { wordsOf } from '../../criteria/words-of.ts'

/**
 * Whether somebody wishes to talk to a person rather than to a program, in any of the eleven languages: "I want to talk to a human", "agent
 * please", "ein echter Mensch". Saying "person" is not enough ("for one person"), and saying that one does *not* want it is the opposite.
 */
export function wantsPerson(text: string): boolean {
  const words = wordsOf(text.slice(0, 2_000))
  if (words.length === 0) return false
  const joined = ` ${words.join(' ')} `
  if (JAPANESE.test(words.join(''))) return true
  return TONGUES.some(({ people, asking, real, not }) => {
    for (const [index, word] of words.entries()) {
      if (!people.has(word)) continue
      // Within a few words: "can you please connect me with one of your agents".
      const near = words.slice(Math.max(0, index - 8), index)
      const after = words.slice(index + 1, index + 4)
      if ([...words.slice(Math.max(0, index - 9), index), ...after].some((other) => not.has(other))) continue
      if (words.length <= 3 && words.every((other) => people.has(other) || real.has(other) || filler.has(other)))
        return true
      if (near.some((other) => asking.has(other))) return true
      if (after.some((other) => asking.has(other)) && words.length <= 12) return true
      if (
        (real.has(words[index - 1] ?? '') || real.has(words[index + 1] ?? '')) &&
        words.length <= 6 &&
        !joined.includes(' is ')
      )
        return true
    }
    return false
  })
}

const filler: ReadonlySet<string> = new Set(
  'a an the ein eine einen einem un une uno una unos um uma een please bitte svp por favor per favore alstublieft proszę пожалуйста с z z met mit avec con com من فضلك'.split(
    ' ',
  ),
)

interface Tongue {
  /** Those one may wish for. */
  readonly people: ReadonlySet<string>
  /** Words of wishing and talking, near them. */
  readonly asking: ReadonlySet<string>
  /** Real, live, human. */
  readonly real: ReadonlySet<string>
  readonly not: ReadonlySet<string>
}

function tongue(people: string, asking: string, real: string, not: string): Tongue {
  const set = (list: string) => new Set(wordsOf(list))
  return { people: set(people), asking: set(asking), real: set(real), not: set(not) }
}

const TONGUES: readonly Tongue[] = [
  tongue(
    'human humans person people agent agents operator representative rep staff employee advisor adviser colleague someone somebody',
    'talk speak chat speaking talking connect transfer escalate reach contact speakto',
    'real live actual human living',
    "don't dont not never no without",
  ),
  tongue(
    'mensch menschen person mitarbeiter mitarbeiterin mitarbeitern berater beraterin kollegen kollegin jemandem jemanden ansprechpartner',
    'sprechen reden verbinden verbinde verbinden chatten spreche rede',
    'echten echter echte echtem richtigen richtiger wirklichen menschlichen lebenden',
    'nicht kein keinen keine keinem niemals ohne',
  ),
  tongue(
    "humain humaine personne conseiller conseillère agent opérateur opératrice quelqu'un quelqu conseillers employé",
    'parler discuter échanger joindre contacter communiquer parle',
    'vrai vraie réel réelle humain physique',
    'ne pas jamais sans aucun',
  ),
  tongue(
    'humano humana persona agente operador operadora asesor asesora alguien representante empleado',
    'hablar hablo chatear conversar comunicarme comunicar contactar pásame pasarme hablaría',
    'real verdadera verdadero humano humana viva',
    'no nunca sin jamás',
  ),
  tongue(
    'umano umana persona operatore operatrice agente qualcuno consulente addetto',
    'parlare parlo parlarne chattare comunicare contattare passatemi passami',
    'vera vero reale umano umana',
    'non mai senza nessun',
  ),
  tongue(
    'mens mensen persoon medewerker medewerkster iemand collega agent',
    'praten spreken spreek praat chatten doorverbinden contact',
    'echt echte menselijk menselijke',
    'niet geen nooit zonder',
  ),
  tongue(
    'człowiekiem człowieka osobą osobę osoby konsultantem konsultanta konsultant doradcą kimś pracownikiem agentem',
    'rozmawiać porozmawiać połączyć połącz rozmowa rozmowę pogadać skontaktować',
    'prawdziwym żywym prawdziwą żywą prawdziwego żywego',
    'nie bez nigdy',
  ),
  tongue(
    'humano humana pessoa atendente operador agente alguém funcionário consultor',
    'falar conversar fala contactar contatar transferir falo',
    'real verdade verdadeira humano humana',
    'não nao nunca sem',
  ),
  tongue(
    'человеком человека человек людьми оператором оператора оператор сотрудником специалистом менеджером консультантом кем-то кем',
    'поговорить говорить общаться связаться соединить соедините переключите свяжите позовите пообщаться переведите',
    'живым живого живой настоящим реальным реального',
    'не без нет',
  ),
  tongue(
    'إنسان انسان شخص موظف ممثل مندوب بشري أحد',
    'التحدث أتحدث اتحدث التكلم أتكلم اتكلم التواصل تحويلي حولني أكلم اكلم الكلام',
    'حقيقي بشري فعلي',
    'لا لن لست بدون',
  ),
]

// Japanese has no blanks, so that words cannot be looked at one by one.
const JAPANESE =
  /(人間|担当者|担当の方|オペレーター?|スタッフ|有人|係の人|人)(と|に|へ|の)?(直接)?(話し?|はなし|つない|つなげ|繋い|繋げ|代わ|替わ|チャット|対応|相談)(?!(たく|し?たく)?(ない|ありません|なくて))/u
