import type { RoadsRun } from './roads-run.ts'

/** A file that holds these words, from somebody at a window or a desk: its id. */
export async function uploadFile(run: RoadsRun, by: string, words: string): Promise<string> {
  const { stage } = run
  const desk = stage.desks.get(stage.nameOf(by))
  const bytes = `${words}\n`.repeat(8)
  if (desk) return desk.uploads(`${words}.txt`, bytes)
  const token = await run.visitors.get(by)?.token()
  const url = `${run.random.pick(stage.urls)}/api/uploads?name=${words}.txt`
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'text/plain' }
  const answer = await fetch(url, { method: 'POST', headers, body: bytes })
  if (!answer.ok) throw new Error(`a file was refused: ${await answer.text()}`)
  return ((await answer.json()) as { id: string }).id
}
