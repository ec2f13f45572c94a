import type { WorkingCalendar } from '../domain/calendar/working-calendar.ts';
import { NotFound } from '../domain/errors/not-found.ts';
import type { CalendarStore } from '../domain/ports/stores.ts';
import { encodeRow } from './columns.ts';
import type { Database } from './database.ts';
import { type TableShape, tableIn } from './table.ts';

export const calendarShape: TableShape<WorkingCalendar> = {
  name: 'working_calendar',
  key: 'version',
  columns: { version: 'plain', years: 'json', days: 'json', openingHours: 'json' },
};

export function calendarStore(database: Database): CalendarStore {
  const table = tableIn(database, calendarShape);
  return {
    async load() {
      const newest = await table.first((query) => query.orderBy('version', 'desc'));
      return newest ?? { version: 0, years: [], days: [], openingHours: { spans: [] } };
    },
    async version(version) {
      const calendar = await table.find(String(version));
      if (calendar === undefined) throw new NotFound('calendar', String(version));
      return calendar;
    },
    async save({ years, days, openingHours }) {
      const row = encodeRow(calendarShape.columns, { years, days, openingHours });
      const [version] = await database.write('working_calendar').insert(row);
      return version!;
    },
  };
}
