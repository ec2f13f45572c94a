import type { Knex } from 'knex';

/** What migrations are written with. Merged migrations depend on it: add to it, change nothing in it. */
export const isMysql = (knex: Knex): boolean => String(knex.client.config.client).startsWith('mysql');

/** Text compares by code point on both databases: `utf8mb4_bin` is what SQLite does by itself. */
export async function createTable(
  knex: Knex,
  name: string,
  build: (table: Knex.CreateTableBuilder) => void,
): Promise<void> {
  await knex.schema.createTable(name, (table) => {
    if (isMysql(knex)) {
      table.engine('InnoDB');
      table.charset('utf8mb4');
      table.collate('utf8mb4_bin');
    }
    build(table);
  });
}

/** An identifier, code or name that a query may look for. */
export const key = (table: Knex.CreateTableBuilder, column: string, length = 64) => table.string(column, length);
/** Epoch milliseconds. */
export const instant = (table: Knex.CreateTableBuilder, column: string) => table.bigInteger(column);

export const keys = (table: Knex.CreateTableBuilder, columns: string[], length = 64) => {
  for (const column of columns) key(table, column, length);
};
export const instants = (table: Knex.CreateTableBuilder, columns: string[]) => {
  for (const column of columns) instant(table, column);
};
export const texts = (table: Knex.CreateTableBuilder, columns: string[]) => {
  for (const column of columns) table.text(column);
};
/** Up to 4 GB on MySQL, whose TEXT ends at 64 KB. */
export const longText = (table: Knex.CreateTableBuilder, column: string) => table.text(column, 'longtext');

/** Nothing that was written may be changed or taken away, not even by a mistake in this program. */
export async function makeAppendOnly(knex: Knex, table: string): Promise<void> {
  const message = `${table} is append-only`;
  for (const act of ['update', 'delete']) {
    const name = `${table}_no_${act}`;
    await knex.raw(
      isMysql(knex)
        ? `create trigger ${name} before ${act} on ${table} for each row signal sqlstate '45000' set message_text = '${message}'`
        : `create trigger ${name} before ${act} on ${table} begin select raise(abort, '${message}'); end`,
    );
  }
}
