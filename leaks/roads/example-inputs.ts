/** As much of JSON Schema as the description of our interface for programs has. */
export interface Schema {
  readonly type?: string
  readonly format?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly minimum?: number
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
}

/** An input with an id still to be put in wherever one stands: what the place of each is called. */
export interface Example {
  readonly slots: readonly string[]
  with(ids: readonly string[]): unknown
}

/** Inputs of this shape: one with what is required, and one for each thing that may stand otherwise, or besides. */
export function examplesOf(schema: Schema, name = ''): Example[] {
  return valuesOf(schema, name).map((value) => {
    const text = JSON.stringify(value)
    const slots = [...text.matchAll(slot)].map(([, called]) => called ?? '')
    return {
      slots,
      with(ids) {
        let n = 0
        return JSON.parse(text.replaceAll(slot, () => `"${ids[n++]}"`))
      },
    }
  })
}

const slot = /"@id (\w*)"/g

function valuesOf(schema: Schema, name: string): unknown[] {
  const either = schema.anyOf ?? schema.oneOf
  if (either) return either.flatMap((one) => valuesOf(one, name))
  if (schema.const !== undefined) return [schema.const]
  if (schema.enum) return schema.enum.slice(0, 1)
  if (schema.type === 'object') return objectsOf(schema)
  if (schema.type === 'array') return schema.items ? valuesOf(schema.items, name).map((one) => [one]) : [[]]
  if (schema.type === 'boolean') return [true]
  if (schema.type === 'integer' || schema.type === 'number') return [Math.max(1, schema.minimum ?? 1)]
  if (schema.type === 'null') return [null]
  if (schema.format === 'uuid') return [`@id ${name}`]
  return [schema.format === 'date-time' ? '2026-02-01T10:00:00Z' : 'words']
}

function objectsOf({ properties = {}, required = [] }: Schema): object[] {
  const all = Object.entries(properties).map(([key, schema]) => ({ key, values: valuesOf(schema, key) }))
  // One thing of several kinds: it is named in one way.
  if (required.length === 0 && all.every(({ key, values }) => values[0] === `@id ${key}`))
    return all.map(({ key, values }) => ({ [key]: values[0] }))
  const needed = all.filter(({ key }) => required.includes(key))
  const least = Object.fromEntries(needed.map(({ key, values }) => [key, values[0]]))
  // Two of one shape are two of one kind.
  const most = Math.max(0, ...needed.map(({ values }) => values.length))
  const others = Array.from({ length: most }, (_, n) =>
    Object.fromEntries(needed.map(({ key, values }) => [key, values[n] ?? values[0]])),
  )
  const besides = all.filter(({ key }) => !required.includes(key))
  return [
    ...(most > 0 ? others : [least]),
    ...besides.flatMap(({ key, values }) => values.map((value) => ({ ...least, [key]: value }))),
  ]
}
