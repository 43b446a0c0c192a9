export function firstName({ name }: { name: string }): string {
  return name.split(' ')[0] ?? name
}
