/**
 * PostgreSQL's text form of an array whose elements need no quotes: ids, numbers, booleans, times. For a JavaScript array `pg`
 * looks at every element with two regular expressions; these need none.
 */
export function plainArray(values: readonly (string | number | boolean)[]): string {
  return `{${values.join(',')}}`
}

/** The same of any texts (PostgreSQL manual, 8.15.2). */
export function textArray(values: readonly string[]): string {
  return `{${values.map((value) => `"${mustEscape.test(value) ? value.replaceAll(/["\\]/g, '\\$&') : value}"`).join(',')}}`
}

const mustEscape = /["\\]/
