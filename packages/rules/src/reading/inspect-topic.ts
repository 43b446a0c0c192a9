import { decodedPieces, type Output, textLines, writeText } from '../text-lines.ts'
import { type DetectLanguage, loadLanguages } from './detect-language.ts'
import { classify, type TopicModel } from './topic-model.ts'
import { type TopicExample, trainTopics } from './train-topics.ts'

/** One line of what `parley inspect topic` prints. */
export interface TopicInspection {
  readonly topic: string | null
  readonly known: boolean
  readonly ask: readonly [string, string] | null
  readonly ranked: readonly { readonly label: string; readonly confidence: number }[]
  readonly language: string | null
  readonly languageConfidence: number
}

/**
 * `parley inspect topic --train FILE [--lines] [--top N] [--report]`: learns from a file of JSON lines `{"text": …, "label": …}` (a label of null:
 * about none of the topics), reads a text from standard input and prints one JSON. With `--lines` each line is `{"text": …}`, a JSON string
 * or plain text, and gives a line of JSON. `--report` prints what was measured on examples held back, and reads nothing.
 */
export async function runInspectTopic(command: {
  readonly args: readonly string[]
  readonly stdin: AsyncIterable<string | Uint8Array>
  readonly stdout: Output
  readonly readFile: (path: string) => Promise<string>
}): Promise<number> {
  const { stdout } = command
  const parsed = parseArgs(command.args)
  if ('problem' in parsed) return refuse(stdout, `${parsed.problem}\n${USAGE}`)
  const examples = readExamples(await command.readFile(parsed.train))
  if ('problem' in examples) return refuse(stdout, `${parsed.train}: ${examples.problem}`)
  const trained = trainTopics({ examples: examples.examples, hints: namesAsHints(examples.examples) })
  if (!trained.ok) return refuse(stdout, `${parsed.train}: ${trained.refusal}`)
  if (parsed.report) {
    await writeText(stdout, `${JSON.stringify(trained.report, null, 2)}\n`)
    return 0
  }
  const detect = await loadLanguages()
  const look = (text: string) => inspectTopic(text, trained.model, detect, parsed.top)
  if (!parsed.lines) {
    let text = ''
    for await (const piece of decodedPieces(command.stdin)) text += piece
    await writeText(stdout, `${JSON.stringify(look(text), null, 2)}\n`)
    return 0
  }
  for await (const line of textLines(command.stdin)) {
    if (line.trim() !== '') await writeText(stdout, `${JSON.stringify(look(lineText(line)))}\n`)
  }
  return 0
}

function inspectTopic(text: string, model: TopicModel, detect: DetectLanguage, top: number): TopicInspection {
  const { topic, known, ask, ranked } = classify(model, text)
  const { language, confidence } = detect(text)
  return {
    topic,
    known,
    ask,
    ranked: ranked.slice(0, top).map(short),
    language,
    languageConfidence: rounded(confidence),
  }
}

/** What a topic is called says something about it: worth as much as an example. */
function namesAsHints(examples: readonly TopicExample[]): { readonly text: string; readonly label: string }[] {
  const labels = new Set(examples.flatMap(({ label }) => label ?? []))
  return [...labels].filter((label) => /\p{L}{3}/u.test(label)).map((label) => ({ text: label, label }))
}

const USAGE = 'usage: parley inspect topic --train FILE [--lines] [--top N] [--report] < text'

type Parsed = { readonly train: string; readonly lines: boolean; readonly top: number; readonly report: boolean }

function parseArgs(args: readonly string[]): Parsed | { readonly problem: string } {
  let parsed: Parsed = { train: '', lines: false, top: 5, report: false }
  for (let i = 0; i < args.length; i++) {
    const [name = '', glued] = (args[i] ?? '').split(/=(.*)/s)
    const value = () => glued ?? args[++i] ?? ''
    if (name === '--lines') parsed = { ...parsed, lines: true }
    else if (name === '--report') parsed = { ...parsed, report: true }
    else if (name === '--train') parsed = { ...parsed, train: value() }
    else if (name === '--top') parsed = { ...parsed, top: Number(value()) }
    else return { problem: `what is "${args[i]}"?` }
  }
  if (parsed.train === '') return { problem: 'a file to learn from is missing' }
  if (!Number.isSafeInteger(parsed.top) || parsed.top < 1) return { problem: '--top wants a number from 1' }
  return parsed
}

function readExamples(file: string): { readonly examples: TopicExample[] } | { readonly problem: string } {
  const examples: TopicExample[] = []
  for (const [i, line] of file.split('\n').entries()) {
    if (line.trim() === '') continue
    const value = parsedLine(line)
    const { text, label } =
      typeof value === 'object' && value !== null ? (value as Partial<Record<'text' | 'label', unknown>>) : {}
    if (typeof text !== 'string' || (typeof label !== 'string' && label !== null)) {
      return { problem: `line ${i + 1} is not {"text": …, "label": …}` }
    }
    examples.push({ text, label })
  }
  return { examples }
}

function lineText(line: string): string {
  const value = parsedLine(line)
  if (typeof value === 'string') return value
  if (typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string')
    return value.text
  return line
}

function parsedLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

const rounded = (share: number): number => Math.round(share * 10_000) / 10_000
const short = ({ label, confidence }: { label: string; confidence: number }) => ({
  label,
  confidence: rounded(confidence),
})

async function refuse(stdout: Output, problem: string): Promise<number> {
  await writeText(stdout, `${problem}\n`)
  return 2
}
