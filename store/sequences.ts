import type { SequenceStore } from '../domain/ports/stores.ts';
import type { Database } from './database.ts';

export function sequenceStore(database: Database): SequenceStore {
  return {
    // The row stays locked until the transaction ends, so a number is never given twice, nor lost by a rollback.
    next: (series) =>
      database.atomically(async ({ write }) => {
        await write('number_series')
          .insert({ series, value: 1 })
          .onConflict('series')
          .merge({ value: write.raw('?? + 1', ['number_series.value']) });
        const row: { value: number } = await write('number_series').where({ series }).first('value');
        return row.value;
      }),
  };
}
