import type { SettingStore } from '../domain/ports/stores.ts';
import type { Database } from './database.ts';

export function settingStore(database: Database): SettingStore {
  return {
    async get(name) {
      const row: { value: string } | undefined = await database.read('setting').where({ name }).first('value');
      return row?.value;
    },
    async set(name, value) {
      await database.write('setting').insert({ name, value }).onConflict('name').merge();
    },
  };
}
