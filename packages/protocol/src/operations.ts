/**
 * Operations on the structure of conversations: invite, whisper, merge, undo and the rest, each by its name with an input of its own.
 *
 * The same operation is had in three ways: from the desk by `POST /api/desk/operations/:name`, by programs with
 * `POST /api/v1/operations/{name}`, and over a connection by the frame `do`. The body (and `do.input`) is the operation's input; its shape stands in
 * the description at `/api/v1/openapi.json`. Each request carries an id (a UUID of the caller's: `operation` in the body over HTTP, `do.id`
 * in a frame). The same id of the same person again gets the first answer and does nothing.
 *
 * Where something is not there, and where it is not the caller's to see, the refusal is the same: `not-there`.
 */
export interface OperationRequest {
  operation: string
  input: unknown
}

/** What was made or changed, by ids; which of them depends on the operation. */
export interface OperationResult {
  operation: string
  conversation?: string
  ticket?: string
  interaction?: string
  participant?: string
  participants?: string[]
  invitations?: string[]
  message?: string
  messages?: string[]
  rights?: string[]
  category?: string
  /** May be undone by `undo`, with this operation's id. */
  undoable: boolean
}

export const operationRefusals = [
  'not-there', // not there, not yours, or of another account: the same answer
  'not-allowed', // you may read it, and not do this
  'malformed-request', // the input has not the shape that this operation takes
  'conversation-closed',
  'interaction-closed',
  'wrong-state', // open already, closed already, invited already, merged already …
  'not-together', // these two cannot be one: of two kinds, of two sides, of two conversations
  'no-such-person', // a person or team that is named is none of this account's that could be meant
  'asks-here', // who asks there cannot be brought in behind their own back
  'unknown-choice', // a category or role that is none
  'alias-taken', // somebody there is called so already
  'alias-identifies', // it names somebody, or tells where they can be reached
  'text-empty',
  'text-too-long',
  'attachment-not-there',
  'nothing-to-undo', // it cannot be undone, or was already
  'built-on', // something later builds on it: undo that first
  'too-many',
  'sealed', // what is sealed cannot leave for something that is not
  'try-again', // nothing was done; the same request may be sent again
] as const
export type OperationRefusal = (typeof operationRefusals)[number]
