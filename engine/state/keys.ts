import type Database from 'better-sqlite3';

const firstKey = 2 ** 51 + 1;
const blockSize = 10_000;

/** Keys as Zeebe's first partition gives them; a block is reserved ahead, so that a crash skips keys, never repeats. */
export class Keys {
  readonly #reserve: Database.Statement;
  #next: number;
  #reservedUpTo: number;

  constructor(db: Database.Database) {
    const row = db.prepare(`SELECT value FROM engine_meta WHERE name = 'next_key'`).get() as
      | { value: number }
      | undefined;
    this.#reserve = db.prepare(
      `INSERT INTO engine_meta (name, value) VALUES ('next_key', ?)
       ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    );
    this.#next = row?.value ?? firstKey;
    this.#reservedUpTo = this.#next;
  }

  /** Must be called inside a transaction: the reservation commits with the rows that use its keys. */
  next(): number {
    if (this.#next >= this.#reservedUpTo) this.reserve();
    return this.#next++;
  }

  /** A rolled-back transaction has taken its reservation along: reserve anew before the next key. */
  forgetReservation(): void {
    this.#reservedUpTo = this.#next;
  }

  reserve(): void {
    this.#reservedUpTo = this.#next + blockSize;
    this.#reserve.run(this.#reservedUpTo);
  }
}
