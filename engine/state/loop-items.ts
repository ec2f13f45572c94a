import type Database from 'better-sqlite3';
import { parseExactly, printExactly } from '../exact-json.ts';
import type { JsonValue } from '../json.ts';

/**
 * What multi-instance bodies have still to give to their instances and what those have answered, by position from 1:
 * kept apart from the body's row, which would grow with every item and be written anew for each.
 */
export class LoopItems {
  readonly #insert: Database.Statement;
  readonly #item: Database.Statement;
  readonly #answer: Database.Statement;
  readonly #outputs: Database.Statement;
  readonly #delete: Database.Statement;
  readonly #beforeWrite: () => void;

  constructor(db: Database.Database, beforeWrite: () => void) {
    this.#beforeWrite = beforeWrite;
    this.#insert = db.prepare('INSERT INTO loop_item (body_key, position, item) VALUES (?, ?, ?)');
    this.#item = db.prepare('SELECT item FROM loop_item WHERE body_key = ? AND position = ?').pluck();
    this.#answer = db.prepare(
      `INSERT INTO loop_item (body_key, position, output) VALUES (?, ?, ?)
       ON CONFLICT (body_key, position) DO UPDATE SET output = excluded.output`,
    );
    this.#outputs = db.prepare(
      'SELECT position, output FROM loop_item WHERE body_key = ? AND output IS NOT NULL ORDER BY position',
    );
    this.#delete = db.prepare('DELETE FROM loop_item WHERE body_key = ?');
  }

  /** @param from position of the first one */
  put(bodyKey: number, from: number, items: JsonValue[]): void {
    this.#beforeWrite();
    for (const [index, item] of items.entries()) this.#insert.run(bodyKey, from + index, printExactly(item));
  }

  item(bodyKey: number, position: number): JsonValue {
    return parseExactly(this.#item.get(bodyKey, position) as string) as JsonValue;
  }

  answer(bodyKey: number, position: number, output: JsonValue): void {
    this.#beforeWrite();
    this.#answer.run(bodyKey, position, printExactly(output));
  }

  /** One for each of `total` instances; null where none has answered. */
  outputs(bodyKey: number, total: number): JsonValue[] {
    const outputs: JsonValue[] = Array.from({ length: total }, () => null);
    for (const row of this.#outputs.iterate(bodyKey)) {
      const { position, output } = row as { position: number; output: string };
      outputs[position - 1] = parseExactly(output) as JsonValue;
    }
    return outputs;
  }

  forget(bodyKey: number): void {
    this.#beforeWrite();
    this.#delete.run(bodyKey);
  }
}
