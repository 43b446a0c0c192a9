/** A stream to write to; `done` is called when there is room for more. */
export type Output = { write(text: string, done: (error?: Error | null) => void): unknown }

export async function* decodedPieces(input: AsyncIterable<string | Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  for await (const piece of input) yield typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true })
  yield decoder.decode()
}

/** Lines without their ends, in time that grows with the text: a piece is looked at once, however long a line becomes. */
export async function* textLines(input: AsyncIterable<string | Uint8Array>): AsyncGenerator<string> {
  let open: string[] = []
  for await (const piece of decodedPieces(input)) {
    const [rest = '', ...more] = piece.split('\n')
    open.push(rest)
    for (const next of more) {
      yield open.join('').replace(/\r$/, '')
      open = [next]
    }
  }
  const last = open.join('')
  if (last !== '') yield last
}

export function writeText(stream: Output, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => (error ? reject(error) : resolve()))
  })
}
