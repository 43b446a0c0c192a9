const longest = 120

/** A file's name as others may see it: no path, no control or direction-changing characters (CVE-2021-42574), not too long, never empty. */
export function safeName(name: string): string {
  const bare = name
    .normalize('NFC')
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]+/gu, '')
    .replaceAll(/^.*[/\\]/g, '')
    .replaceAll(/[<>:"|?*]/g, '_')
    .replace(/^[.\s]+/, '')
    .trim()
  if (bare === '') return 'file'
  if (bare.length <= longest) return bare
  const dot = bare.lastIndexOf('.')
  const ending = dot > 0 && bare.length - dot <= 12 ? bare.slice(dot) : ''
  return `${bare.slice(0, longest - ending.length)}${ending}`.toWellFormed()
}
