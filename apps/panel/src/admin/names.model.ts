/** A name in the language of the desk, or in the next best one. */
export function nameIn(names: Readonly<Record<string, string>>, language: string): string {
  return names[language] ?? names.en ?? Object.values(names)[0] ?? ''
}

/** The same names with another one in this language; emptied, it is left out, as long as another one stays. */
export function withName(
  names: Readonly<Record<string, string>>,
  language: string,
  name: string,
): Record<string, string> {
  const { [language]: _, ...others } = names
  return name.trim() === '' && Object.keys(others).length > 0 ? others : { ...others, [language]: name.trim() }
}
