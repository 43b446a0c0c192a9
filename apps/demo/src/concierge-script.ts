/** What the concierge of Fjord & Field asks while people are being reached. `topics`: the ids that this installation gave them. */
export function conciergeScript(topics: { orders: string }) {
  return {
    format: 1,
    language: 'en',
    alias: 'Marten',
    begins: 'with-first-words',
    start: 'hello',
    steps: {
      hello: {
        kind: 'say',
        text: {
          en: 'I am asking those who know. Meanwhile, two short questions.',
          de: 'Ich frage die, die es wissen. Inzwischen zwei kurze Fragen.',
          fr: 'Je demande à ceux qui savent. En attendant, deux petites questions.',
          es: 'Pregunto a quienes saben. Mientras tanto, dos preguntas breves.',
        },
        next: 'about',
      },
      about: {
        kind: 'branch',
        cases: [{ when: [{ test: 'topic', oneOf: [topics.orders] }], next: 'ordered' }],
        otherwise: 'terrain',
      },
      ordered: {
        kind: 'ask',
        text: {
          en: 'Do you have the order number at hand?',
          de: 'Haben Sie die Bestellnummer zur Hand?',
          fr: 'Avez-vous le numéro de commande sous la main ?',
          es: '¿Tiene a mano el número de pedido?',
        },
        answer: { kind: 'yes-no', yes: 'number', no: 'thanks' },
        next: 'thanks',
      },
      number: {
        kind: 'ask',
        text: { en: 'Which is it?', de: 'Wie lautet sie?', fr: 'Lequel est-ce ?', es: '¿Cuál es?' },
        answer: { kind: 'text' },
        fills: ['answer:order'],
        next: 'thanks',
      },
      terrain: {
        kind: 'ask',
        text: {
          en: 'Where will you use it most?',
          de: 'Wo werden Sie es am meisten brauchen?',
          fr: 'Où l’utiliserez-vous le plus ?',
          es: '¿Dónde lo usará más?',
        },
        answer: {
          kind: 'choice',
          choices: [
            {
              value: 'forest',
              label: {
                en: 'Below the tree line',
                de: 'Unter der Baumgrenze',
                fr: 'Sous la limite des arbres',
                es: 'Por debajo del límite del bosque',
              },
            },
            {
              value: 'fell',
              label: {
                en: 'Above the tree line',
                de: 'Über der Baumgrenze',
                fr: 'Au-dessus de la limite des arbres',
                es: 'Por encima del límite del bosque',
              },
            },
            {
              value: 'town',
              label: { en: 'In town', de: 'In der Stadt', fr: 'En ville', es: 'En la ciudad' },
              next: 'thanks',
            },
          ],
        },
        fills: ['answer:terrain'],
        next: 'days',
      },
      days: {
        kind: 'ask',
        text: {
          en: 'For how many days at a time?',
          de: 'Für wie viele Tage am Stück?',
          fr: 'Pour combien de jours d’affilée ?',
          es: '¿Para cuántos días seguidos?',
        },
        answer: { kind: 'number', from: 1, to: 90 },
        fills: ['answer:days'],
        next: 'thanks',
      },
      thanks: {
        kind: 'end',
        text: {
          en: 'Thank you, I have passed it on. Whoever answers first will write here.',
          de: 'Danke, ich habe es weitergegeben. Wer zuerst antwortet, schreibt hier.',
          fr: 'Merci, j’ai transmis. La première personne qui répond écrira ici.',
          es: 'Gracias, lo he transmitido. Quien responda primero escribirá aquí.',
        },
      },
    },
  } as const
}
