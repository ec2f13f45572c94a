import { readFile } from 'node:fs/promises';
import test from 'ava';
import { dateOfDay, dayOfDate } from '../calendar/shanghai-time.ts';
import { openDaysOf } from '../calendar/open-days.ts';
import { LIMIT_STEPS } from '../deadline/limit.ts';
import { ruleFor } from '../deadline/limit-rule.ts';
import { DEFAULT_CALENDAR } from './calendar-years.ts';
import { CATEGORIES, MINOR_CATEGORIES } from './categories.ts';
import { DISPATCH_RULES } from './dispatch-rules.ts';
import { DIVISIONS } from './divisions.ts';
import { LIMIT_RULES } from './limit-rules.ts';
import { UNITS } from './units.ts';

const drawn = (name: string) => readFile(new URL(`../../workflows/${name}`, import.meta.url), 'utf8');
const NOW = Date.UTC(2026, 10, 23);

test('every class that the decision names has a limit for every step', async (t) => {
  const dmn = await drawn('limit-class.dmn');
  const classes = [...dmn.matchAll(/<outputEntry[\s\S]*?<text>\s*"?([A-Z_]+)"?\s*<\/text>/g)].map(
    (found) => found[1] ?? '',
  );
  const named = new Set([
    ...classes,
    'CONSULT',
    'HELP',
    'SUGGEST',
    'SUPERVISE',
    'COMPLAINT',
    'REPORT',
    'LIFELINE',
    'URGENT',
  ]);
  for (const limitClass of named) {
    for (const step of LIMIT_STEPS) t.truthy(ruleFor(LIMIT_RULES, limitClass, step, NOW), `${limitClass} ${step}`);
  }
});

test('an urgent ticket takes its own limits, others those of every class', (t) => {
  const amount = (limitClass: string, step: (typeof LIMIT_STEPS)[number]) => {
    const rule = ruleFor(LIMIT_RULES, limitClass, step, NOW);
    return `${rule?.amount} ${rule?.unit}`;
  };
  t.is(amount('URGENT', 'SIGN'), '15 CLOCK_MINUTES');
  t.is(amount('HELP', 'SIGN'), '4 WORKING_HOURS');
  t.is(amount('REPORT', 'COMPLETE'), '15 WORKING_DAYS');
  t.is(amount('LIFELINE', 'COMPLETE'), '24 CLOCK_HOURS');
  t.is(amount('REWORK', 'COMPLETE'), '3 WORKING_DAYS');
  t.is(ruleFor(LIMIT_RULES, 'HELP', 'COMPLETE', 0), undefined);
  t.true(LIMIT_RULES.every(({ source }) => /\[[DPS]/.test(source)));
});

test('the newest rule in force wins, and an ended one is out from the very instant of its end', (t) => {
  const [first] = LIMIT_RULES.filter(({ ruleId }) => ruleId === 'HELP:COMPLETE:1');
  if (!first) return t.fail();
  const rules = [
    { ...first, validTo: NOW },
    { ...first, ruleId: 'HELP:COMPLETE:2', amount: 7, validFrom: NOW },
  ];
  t.is(ruleFor(rules, 'HELP', 'COMPLETE', NOW - 1)?.amount, 5);
  t.is(ruleFor(rules, 'HELP', 'COMPLETE', NOW)?.amount, 7);
});

test('every rule code that the dispatch catalogue picks has units that exist', async (t) => {
  const dmn = await drawn('dispatch-catalogue.dmn');
  const picked = [...dmn.matchAll(/<outputEntry[^>]*>\s*<text>"([A-Z][A-Z0-9_]+)"<\/text>/g)].map(
    (found) => found[1] ?? '',
  );
  t.true(picked.length > 30);
  for (const ruleCode of new Set(picked)) {
    if (ruleCode !== 'CENTRE')
      t.truthy(
        DISPATCH_RULES.find((rule) => rule.ruleCode === ruleCode),
        ruleCode,
      );
  }
  const known = new Set(UNITS.map(({ unitCode }) => unitCode));
  for (const { ruleCode, hostUnitCode, coHostUnitCodes } of DISPATCH_RULES) {
    for (const code of [hostUnitCode, ...coHostUnitCodes]) t.true(known.has(code), `${ruleCode} ${code}`);
  }
});

test('categories have six digits under twelve majors, and the decisions name none that is missing', async (t) => {
  t.is(CATEGORIES.length, 12);
  t.is(new Set(MINOR_CATEGORIES.map(({ code }) => code)).size, MINOR_CATEGORIES.length);
  for (const { code, minors } of CATEGORIES)
    t.true(
      minors.every((minor) => minor.code.startsWith(code)),
      code,
    );
  const codes = MINOR_CATEGORIES.map(({ code }) => code);
  for (const name of ['dispatch-catalogue.dmn', 'urgency.dmn', 'limit-class.dmn']) {
    for (const [, prefix = ''] of (await drawn(name)).matchAll(
      /"(0\d|1[0-2]|(?:0\d|1[0-2])\d{2}|(?:0\d|1[0-2])\d{4})"/g,
    )) {
      t.true(
        codes.some((code) => code.startsWith(prefix)),
        `${name} ${prefix}`,
      );
    }
  }
});

test('怀仁 is one division at any time: a county before 2018, a city since', (t) => {
  const at = (instant: number) =>
    DIVISIONS.filter(
      ({ name, validFrom, validTo }) =>
        name.startsWith('怀仁') && (validFrom ?? -Infinity) <= instant && instant < (validTo ?? Infinity),
    ).map(({ code }) => code);
  t.deepEqual(at(Date.UTC(2017, 6, 6)), ['140624']);
  t.deepEqual(at(NOW), ['140681']);
});

test('the calendar of each published year is official, the next one is marked as a guess', (t) => {
  t.deepEqual(
    DEFAULT_CALENDAR.years.map(({ year, status }) => `${year} ${status}`),
    ['2025 OFFICIAL', '2026 OFFICIAL', '2027 PROVISIONAL'],
  );
  const dates = DEFAULT_CALENDAR.days.map(({ date }) => date);
  t.is(new Set(dates).size, dates.length);
  const { isWorkday } = openDaysOf({ version: 1, ...DEFAULT_CALENDAR });
  t.false(isWorkday(dayOfDate('2027-01-01')));
  t.is(dateOfDay(dayOfDate('2026-10-10')), '2026-10-10');
  t.true(isWorkday(dayOfDate('2026-10-10')));
});
