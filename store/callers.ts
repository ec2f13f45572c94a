import { NotFound } from '../domain/errors/not-found.ts';
import type { CallerStore } from '../domain/ports/stores.ts';
import type { Caller } from '../domain/ticket/ticket.ts';
import type { Row } from './columns.ts';
import type { Database } from './database.ts';
import { normalisePhone } from './normalise-phone.ts';
import type { Seal } from './seal.ts';
import { insertOnce } from './table.ts';

const sealedFields = ['name', 'phone', 'gender', 'address'] as const;

export function callerStore(database: Database, seal: Seal): CallerStore {
  const place = (field: string, ticketNo: string) => `caller.${field}:${ticketNo}`;

  function toRow(ticketNo: string, caller: Partial<Caller>): Row {
    const row: Row = {};
    if (caller.callerType !== undefined) row.callerType = caller.callerType;
    for (const field of sealedFields) {
      const value = caller[field];
      if (value !== undefined) row[field] = value === null ? null : seal.seal(value, place(field, ticketNo));
    }
    if (caller.phone !== undefined)
      row.phoneHash = caller.phone === null ? null : seal.hash(normalisePhone(caller.phone));
    return row;
  }
  function fromRow(row: Row): Caller {
    const ticketNo = row.ticketNo as string;
    const opened = sealedFields.map((field) => {
      const sealed = row[field] as string | null;
      return [field, sealed === null ? null : seal.open(sealed, place(field, ticketNo))];
    });
    return { ticketNo, callerType: row.callerType, ...Object.fromEntries(opened) } as Caller;
  }

  return {
    insert: (caller) =>
      insertOnce(database.write, 'caller', { ticketNo: caller.ticketNo, ...toRow(caller.ticketNo, caller) }),
    async find(ticketNo) {
      const row: Row | undefined = await database.read('caller').where({ ticketNo }).first();
      return row && fromRow(row);
    },
    async update(ticketNo, changes) {
      const row = toRow(ticketNo, changes);
      if (Object.keys(row).length === 0) return;
      const touched = await database.write('caller').where({ ticketNo }).update(row);
      if (touched === 0) throw new NotFound('caller', ticketNo);
    },
    async ticketNosByPhone(phone, limit) {
      const rows: { ticketNo: string }[] = await database
        .read('caller')
        .join('ticket', 'ticket.ticketNo', 'caller.ticketNo')
        .whereIn('caller.phoneHash', seal.hashes(normalisePhone(phone)))
        .orderBy([
          { column: 'ticket.createdAt', order: 'desc' },
          { column: 'ticket.ticketNo', order: 'desc' },
        ])
        .limit(limit)
        .select('caller.ticketNo');
      return rows.map(({ ticketNo }) => ticketNo);
    },
  };
}
