/** 张三 → 张**: the family name, and never how long the rest is. An enterprise's name is cut the same way. */
export function maskName(name: string | null): string | null {
  const [first] = (name ?? '').trim();
  return first === undefined ? null : `${first}**`;
}
