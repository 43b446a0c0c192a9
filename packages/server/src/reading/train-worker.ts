import { parentPort, workerData } from 'node:worker_threads'
import { packTopics, type TopicLesson, type TopicReport, trainTopics } from '@parley/rules'

/** What a lesson came to: a model as it is stored, or why there is none. */
export type Trained =
  | { readonly ok: true; readonly packed: Uint8Array; readonly report: TopicReport }
  | { readonly ok: false; readonly because: string }

/** Learns in a thread of its own: a minute of arithmetic, during which the server answers as ever. */
function train(lesson: TopicLesson): Trained {
  const training = trainTopics(lesson)
  return training.ok
    ? { ok: true, packed: packTopics(training.model), report: training.report }
    : { ok: false, because: training.refusal }
}

parentPort?.postMessage(train(workerData as TopicLesson))
