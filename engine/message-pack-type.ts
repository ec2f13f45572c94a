/** What Zeebe calls the type of a value of JSON where it speaks of its own notation, MessagePack. */
export function messagePackType(value: unknown): string {
  if (value === null) return 'NIL';
  if (Array.isArray(value)) return 'ARRAY';
  if (typeof value === 'bigint') return 'INTEGER';
  if (typeof value === 'number') return Number.isInteger(value) ? 'INTEGER' : 'FLOAT';
  if (typeof value === 'string') return 'STRING';
  return typeof value === 'boolean' ? 'BOOLEAN' : 'MAP';
}
