/** Digits that stand close enough together to be one number, as their groups. */
export type DigitRun = { readonly groups: readonly DigitGroup[] }

export type DigitGroup = { readonly from: number; readonly to: number; readonly digits: string }

/** Cuts a text into runs: groups of digits with at most four of the signs that people put between them. */
export function digitRuns(text: string): DigitRun[] {
  const runs: DigitRun[] = []
  let groups: DigitGroup[] = []
  for (const { index, 0: digits } of text.matchAll(/\d+/g)) {
    const last = groups.at(-1)
    if (last && !BETWEEN.test(text.slice(last.to, Math.min(index, last.to + 5)))) {
      runs.push({ groups })
      groups = []
    }
    groups.push({ from: index, to: index + digits.length, digits })
  }
  if (groups.length > 0) runs.push({ groups })
  return runs
}

// A line may be broken behind an area code, and nowhere else.
const BETWEEN = /^(?:[ .()/_~-]{1,4}|\)\r?\n)$/

export const digitsOf = (groups: readonly DigitGroup[]): string => groups.map((group) => group.digits).join('')
