import test from 'ava';
import fc from 'fast-check';
import { NotAllowed } from '../errors/not-allowed.ts';
import { newQueryCode, QUERY_CODE_ALPHABET } from './ticket-number.ts';
import { likeness } from './likeness.ts';
import { TICKET_STATUSES, type TicketStatus } from './ticket.ts';
import { canDo, CLOSED_STATUSES, isClosed, nextStatus, TICKET_ACTS, TICKET_TRANSITIONS } from './ticket-transitions.ts';

const anAct = fc.constantFrom(...TICKET_ACTS);

test('whatever is done to a ticket, it stands in a known status, and nothing moves a closed one', (t) => {
  fc.assert(
    fc.property(fc.array(anAct, { maxLength: 40 }), (acts) => {
      let status: TicketStatus = 'PENDING_REVIEW';
      for (const act of acts) {
        const before: TicketStatus = status;
        if (canDo(status, act)) status = nextStatus(status, act);
        else t.throws(() => nextStatus(before, act), { instanceOf: NotAllowed });
        if (isClosed(before) && status !== before) return false;
      }
      return TICKET_STATUSES.includes(status);
    }),
  );
});

test('every open status can still be cancelled and merged, and every status but the draft is reached by some act', (t) => {
  for (const status of TICKET_STATUSES) {
    t.is(canDo(status, 'cancel'), !isClosed(status), status);
    t.is(canDo(status, 'merge'), !isClosed(status), status);
  }
  const reached = new Set(Object.values(TICKET_TRANSITIONS).flatMap((row) => Object.values(row)));
  t.deepEqual(
    TICKET_STATUSES.filter((status) => !reached.has(status)),
    ['DRAFT', 'PENDING_REVIEW'],
  );
  for (const closed of CLOSED_STATUSES) t.true(reached.has(closed), closed);
});

test('from every open status a ticket can come to an end without being cancelled', (t) => {
  const ends = (from: TicketStatus, seen: Set<TicketStatus>): boolean => {
    if (isClosed(from)) return true;
    if (seen.has(from)) return false;
    seen.add(from);
    return TICKET_ACTS.some(
      (act) => act !== 'cancel' && act !== 'merge' && canDo(from, act) && ends(nextStatus(from, act), seen),
    );
  };
  for (const status of TICKET_STATUSES) t.true(ends(status, new Set()), status);
});

test('a query code can be read aloud: no letter that is taken for a digit', (t) => {
  for (let made = 0; made < 200; made += 1) t.regex(newQueryCode(), new RegExp(`^[${QUERY_CODE_ALPHABET}]{8}$`));
  t.notRegex(QUERY_CODE_ALPHABET, /[0O1IL2Z5S8BUV]/);
});

test('the same matter in other words is alike, another matter is not', (t) => {
  t.true(likeness('锦苑小区室温14度朔城区锦苑小区6号楼', '锦苑小区6号楼室温只有14度！锦苑小区') > 0.5);
  t.true(likeness('锦苑小区室温14度', '岱岳镇主路井盖缺失') < 0.1);
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      const value = likeness(a, b);
      return value >= 0 && value <= 1 && value === likeness(b, a);
    }),
  );
});
