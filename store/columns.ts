/** How a field is kept in its column: as it is, as 0/1, or as JSON in a TEXT column (both databases alike). */
export type ColumnKind = 'plain' | 'flag' | 'json';

/** Every field of a type has a column of the same name: a field added to the domain fails the type check here. */
export type Columns<T> = { readonly [K in keyof T]-?: ColumnKind };

export type Row = Record<string, unknown>;

function encodeField(kind: ColumnKind, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (kind === 'json') return JSON.stringify(value);
  return kind === 'flag' ? Number(value) : value;
}

function decodeField(kind: ColumnKind, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (kind === 'json') return JSON.parse(value as string);
  return kind === 'flag' ? Boolean(value) : value;
}

/** Only the fields that `value` carries: what a partial update leaves out stays as it is. */
export function encodeRow<T extends object>(columns: Columns<T>, value: Partial<T>): Row {
  const kinds = columns as Record<string, ColumnKind>;
  const given = value as Row;
  return Object.fromEntries(
    Object.keys(kinds)
      .filter((name) => given[name] !== undefined)
      .map((name) => [name, encodeField(kinds[name]!, given[name])]),
  );
}

export function decodeRow<T extends object>(columns: Columns<T>, row: Row): T {
  const kinds = Object.entries(columns) as [string, ColumnKind][];
  return Object.fromEntries(kinds.map(([name, kind]) => [name, decodeField(kind, row[name])])) as T;
}
