import type { ServerResponse } from 'node:http'
import type { Html } from './html.ts'

export type Answer = {
  status: number
  headers: Record<string, string>
  body: string | Buffer
}

export function page(document: Html, policy: string, status = 200): Answer {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy },
    body: `<!doctype html>\n${document.markup}`,
  }
}

export function json(value: unknown, status = 200): Answer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) }
}

export function plain(text: string, status: number): Answer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: `${text}\n` }
}

export function redirect(to: string): Answer {
  return { status: 303, headers: { location: to }, body: '' }
}

export function send(response: ServerResponse, { status, headers, body }: Answer, isHead: boolean): void {
  response.writeHead(status, {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'cache-control': 'no-cache',
    'content-length': Buffer.byteLength(body),
    ...headers,
  })
  response.end(isHead ? undefined : body)
}
