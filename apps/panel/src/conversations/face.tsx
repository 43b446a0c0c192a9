/** The first letter of an alias in its colour: says nothing that the alias beside it does not. */
export function Face({ alias, colour }: { alias: string; colour: number }) {
  return (
    <span className="face" data-colour={colour} aria-hidden="true">
      {[...alias][0]?.toLocaleUpperCase() ?? '?'}
    </span>
  )
}
