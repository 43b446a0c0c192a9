export type Mailbox = { name: string; address: string }

export type Line = {
  id: string
  from: Mailbox
  to: Mailbox[]
  subject: string
  at: string
  snippet: string
  attachments: number
  seen: boolean
  answered: boolean
  state: 'received' | 'waiting' | 'sent' | 'failed'
}

export type Mail = {
  subject: string
  from: Mailbox
  to: Mailbox[]
  at: string
  text: string
  hasHtml: boolean
  quoted: string
  attachments: { name: string; type: string; size: number }[]
}

export type Reply = {
  text: string
  hasQuote: boolean
  as: string
  attachments: { name: string; type: string; base64: string }[]
}

export function pathOf(person: string, ...parts: string[]): string {
  return `/pocket/${[person, ...parts].map(encodeURIComponent).join('/')}`
}

export async function getJson<T>(path: string): Promise<T> {
  return answerOf(await fetch(path))
}

export async function post(path: string, body: unknown = {}): Promise<void> {
  await answerOf(
    await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  )
}

async function answerOf<T>(response: Response): Promise<T> {
  if (!response.ok) throw new Error((await response.text()).trim())
  return response.json()
}

export async function asBase64(file: File): Promise<string> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(new Error(`${file.name} cannot be read`))
    reader.readAsDataURL(file)
  })
  return url.slice(url.indexOf(',') + 1)
}
