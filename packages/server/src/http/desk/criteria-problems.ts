import type { Problem, ProblemAt } from '@parley/protocol'
import type { CriteriaProblem } from '@parley/rules'
import type { FastifyReply } from 'fastify'
import { isWordKey, word } from '../../words/index.ts'

/** Refuses criteria that cannot be saved, each problem with its place in words. */
export function refuseCriteria(
  reply: FastifyReply,
  problems: readonly CriteriaProblem[],
  language: string,
): FastifyReply {
  const refused: Problem = {
    reason: 'criteria-refused',
    text: word(language, 'refused-criteria-refused'),
    problems: problems.map((problem) => describe(problem, language)),
  }
  return reply.code(400).send(refused)
}

function describe({ path, code, params }: CriteriaProblem, language: string): ProblemAt {
  const values = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]))
  const sentence = word(language, `criteria-${code}`, values)
  const place = placeOf(path, language)
  return { path: [...path], code, text: place === '' ? sentence : `${place}: ${sentence}` }
}

/** "None of these, line 2, value 17"; empty for the whole. People count from 1. */
function placeOf([part, line, , value]: CriteriaProblem['path'], language: string): string {
  const key = `criteria-in-${part}`
  if (!isWordKey(key)) return ''
  const isLine = typeof line === 'number'
  return [
    word(language, key),
    ...(isLine ? [word(language, 'criteria-line', { n: String(line + 1) })] : []),
    ...(isLine && typeof value === 'number' ? [word(language, 'criteria-value', { n: String(value + 1) })] : []),
  ].join(', ')
}
