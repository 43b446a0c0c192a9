import type { LanguageFigures, TopicFigures } from './measure-topics.ts'

const percent = (share: number | null): string => (share === null ? '–' : `${share.toFixed(1)} %`)
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

export function topicsTable(figures: readonly TopicFigures[] | null): string[] {
  if (!figures) return ['Not measured: `../shared/data/intents` is not beside the project.']
  return [
    row([
      '',
      'for each topic',
      'learned',
      'tried',
      'right',
      'with the topics’ names',
      'kept',
      'strange ones refused',
      'sure · right then',
      'asked: one of both is right',
    ]),
    `|${' --- |'.repeat(10)}`,
    ...figures.map((each) =>
      row([
        each.set,
        each.count,
        Math.round(each.learned).toLocaleString('en'),
        each.tried.toLocaleString('en'),
        percent(each.accuracy),
        percent(each.named),
        percent(each.kept),
        percent(each.refused),
        `${percent(each.sure)} · ${percent(each.rightWhenSure)}`,
        percent(each.rightWhenAsked),
      ]),
    ),
    '',
    'Processor time, and the room that a stored model takes:',
    '',
    row(['', 'for each topic', 'one question', 'learning, with its measuring', 'model']),
    '| --- | --- | --- | --- | --- |',
    ...figures.map((each) =>
      row([
        each.set,
        each.count,
        `${each.questionUs.toFixed(0)} µs`,
        `${each.trainSeconds.toFixed(1)} s`,
        `${(each.modelKb / 1_000).toFixed(1)} MB`,
      ]),
    ),
  ]
}

export function languagesTable(figures: readonly LanguageFigures[]): string[] {
  return [
    row(['the language of a line', 'lines', 'right', 'said to be unknown', 'one line']),
    '| --- | --- | --- | --- | --- |',
    ...figures.map(({ name, lines, right, unknown, us }) =>
      row([name, lines.toLocaleString('en'), percent(right), percent(unknown), `${us.toFixed(0)} µs`]),
    ),
  ]
}
