import type { Language } from '@parley/model'

/** What the concierge says by itself: when an answer was not understood, and the two answers that everyone has. */
interface KindWords {
  readonly yes: string
  readonly no: string
  readonly againText: string
  readonly againChoice: string
  readonly againYesNo: string
  readonly againDate: string
  readonly againNumber: string
  readonly againEmail: string
}

export const kindWords: Readonly<Record<Language, KindWords>> = {
  en: {
    yes: 'Yes',
    no: 'No',
    againText: 'Sorry, I did not quite get that.',
    againChoice: 'Sorry, I did not quite get that. Which of these is it?',
    againYesNo: 'Sorry, I did not quite get that. Is it yes or no?',
    againDate: 'Sorry, I did not quite get that. Which day is it? For example: 2026-12-24.',
    againNumber: 'Sorry, I did not quite get that. Which number is it?',
    againEmail: 'Sorry, I did not find an email address in that.',
  },
  de: {
    yes: 'Ja',
    no: 'Nein',
    againText: 'Das habe ich leider nicht ganz verstanden.',
    againChoice: 'Das habe ich leider nicht ganz verstanden. Was davon ist es?',
    againYesNo: 'Das habe ich leider nicht ganz verstanden. Ja oder nein?',
    againDate: 'Das habe ich leider nicht ganz verstanden. Welcher Tag ist es? Zum Beispiel: 24.12.2026.',
    againNumber: 'Das habe ich leider nicht ganz verstanden. Welche Zahl ist es?',
    againEmail: 'Darin habe ich leider keine E-Mail-Adresse gefunden.',
  },
  fr: {
    yes: 'Oui',
    no: 'Non',
    againText: 'Désolé, je n’ai pas bien compris.',
    againChoice: 'Désolé, je n’ai pas bien compris. Lequel de ces choix ?',
    againYesNo: 'Désolé, je n’ai pas bien compris. Oui ou non ?',
    againDate: 'Désolé, je n’ai pas bien compris. Quel jour ? Par exemple : 24/12/2026.',
    againNumber: 'Désolé, je n’ai pas bien compris. Quel nombre ?',
    againEmail: 'Désolé, je n’y trouve pas d’adresse e-mail.',
  },
  es: {
    yes: 'Sí',
    no: 'No',
    againText: 'Perdón, no lo he entendido bien.',
    againChoice: 'Perdón, no lo he entendido bien. ¿Cuál de estas opciones es?',
    againYesNo: 'Perdón, no lo he entendido bien. ¿Sí o no?',
    againDate: 'Perdón, no lo he entendido bien. ¿Qué día es? Por ejemplo: 24/12/2026.',
    againNumber: 'Perdón, no lo he entendido bien. ¿Qué número es?',
    againEmail: 'Perdón, no encuentro ahí ninguna dirección de correo.',
  },
  it: {
    yes: 'Sì',
    no: 'No',
    againText: 'Mi dispiace, non ho capito bene.',
    againChoice: 'Mi dispiace, non ho capito bene. Quale di queste?',
    againYesNo: 'Mi dispiace, non ho capito bene. Sì o no?',
    againDate: 'Mi dispiace, non ho capito bene. Che giorno è? Per esempio: 24/12/2026.',
    againNumber: 'Mi dispiace, non ho capito bene. Che numero è?',
    againEmail: 'Mi dispiace, non vi trovo un indirizzo e-mail.',
  },
  nl: {
    yes: 'Ja',
    no: 'Nee',
    againText: 'Sorry, dat heb ik niet helemaal begrepen.',
    againChoice: 'Sorry, dat heb ik niet helemaal begrepen. Welke van deze is het?',
    againYesNo: 'Sorry, dat heb ik niet helemaal begrepen. Is het ja of nee?',
    againDate: 'Sorry, dat heb ik niet helemaal begrepen. Welke dag is het? Bijvoorbeeld: 24-12-2026.',
    againNumber: 'Sorry, dat heb ik niet helemaal begrepen. Welk getal is het?',
    againEmail: 'Sorry, ik vind daarin geen e-mailadres.',
  },
  pl: {
    yes: 'Tak',
    no: 'Nie',
    againText: 'Przepraszam, nie do końca rozumiem.',
    againChoice: 'Przepraszam, nie do końca rozumiem. Która to z tych możliwości?',
    againYesNo: 'Przepraszam, nie do końca rozumiem. Tak czy nie?',
    againDate: 'Przepraszam, nie do końca rozumiem. Jaki to dzień? Na przykład: 24.12.2026.',
    againNumber: 'Przepraszam, nie do końca rozumiem. Jaka to liczba?',
    againEmail: 'Przepraszam, nie widzę tu adresu e-mail.',
  },
  pt: {
    yes: 'Sim',
    no: 'Não',
    againText: 'Desculpe, não entendi bem.',
    againChoice: 'Desculpe, não entendi bem. Qual destas opções é?',
    againYesNo: 'Desculpe, não entendi bem. Sim ou não?',
    againDate: 'Desculpe, não entendi bem. Que dia é? Por exemplo: 24/12/2026.',
    againNumber: 'Desculpe, não entendi bem. Que número é?',
    againEmail: 'Desculpe, não encontro aí um endereço de e-mail.',
  },
  ru: {
    yes: 'Да',
    no: 'Нет',
    againText: 'Извините, я не совсем понял.',
    againChoice: 'Извините, я не совсем понял. Что из этого?',
    againYesNo: 'Извините, я не совсем понял. Да или нет?',
    againDate: 'Извините, я не совсем понял. Какой это день? Например: 24.12.2026.',
    againNumber: 'Извините, я не совсем понял. Какое это число?',
    againEmail: 'Извините, я не нашёл здесь адреса электронной почты.',
  },
  ar: {
    yes: 'نعم',
    no: 'لا',
    againText: 'عذرًا، لم أفهم ذلك تمامًا.',
    againChoice: 'عذرًا، لم أفهم ذلك تمامًا. أي من هذه الخيارات؟',
    againYesNo: 'عذرًا، لم أفهم ذلك تمامًا. نعم أم لا؟',
    againDate: 'عذرًا، لم أفهم ذلك تمامًا. أي يوم هو؟ مثلًا: 24/12/2026.',
    againNumber: 'عذرًا، لم أفهم ذلك تمامًا. ما هو الرقم؟',
    againEmail: 'عذرًا، لم أجد فيه عنوان بريد إلكتروني.',
  },
  ja: {
    yes: 'はい',
    no: 'いいえ',
    againText: '申し訳ありません、うまく理解できませんでした。',
    againChoice: '申し訳ありません、うまく理解できませんでした。次のうちどれでしょうか。',
    againYesNo: '申し訳ありません、うまく理解できませんでした。「はい」か「いいえ」でお答えください。',
    againDate: '申し訳ありません、うまく理解できませんでした。何日でしょうか。例：2026年12月24日',
    againNumber: '申し訳ありません、うまく理解できませんでした。いくつでしょうか。',
    againEmail: '申し訳ありません、メールアドレスが見つかりませんでした。',
  },
}
