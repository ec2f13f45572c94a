import type { JobResultStore } from '../domain/ports/stores.ts';
import type { Database } from './database.ts';
import { insertOnce } from './table.ts';

export function jobResultStore(database: Database): JobResultStore {
  return {
    async find(jobKey) {
      const row: { outputs: string } | undefined = await database.read('job_result').where({ jobKey }).first('outputs');
      return row && (JSON.parse(row.outputs) as Record<string, unknown>);
    },
    insert: (jobKey, jobType, outputs, at) =>
      insertOnce(database.write, 'job_result', { jobKey, jobType, outputs: JSON.stringify(outputs), at }),
  };
}
