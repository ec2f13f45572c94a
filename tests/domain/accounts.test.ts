import type { Account } from '../../domain/account/account.ts';
import { accountOfToken } from '../../domain/account/account-of-token.ts';
import { actorOf } from '../../domain/account/actor-of.ts';
import { changePassword } from '../../domain/account/change-password.ts';
import { createAccount } from '../../domain/account/create-account.ts';
import { firstAdmin } from '../../domain/account/first-admin.ts';
import { listAccounts } from '../../domain/account/list-accounts.ts';
import { deleteToken, makeToken } from '../../domain/account/make-token.ts';
import { resetPassword } from '../../domain/account/reset-password.ts';
import { savePreferences } from '../../domain/account/save-preferences.ts';
import { signIn } from '../../domain/account/sign-in.ts';
import { updateAccount } from '../../domain/account/update-account.ts';
import { InvalidInput } from '../../domain/errors/invalid-input.ts';
import type { App } from '../../domain/ports/app.ts';
import { createUnit, updateUnit } from '../../domain/unit/change-unit.ts';
import { passwordHasher as hasher } from '../../main/password-hasher.ts';
import { inTown, type InTown, openTown, people } from './town.ts';

const signInAs = (app: App, accountId: string, password: string) =>
  signIn(app, hasher, { accountId, password, remoteAddress: '127.0.0.1' });

async function withAdmin(t: InTown) {
  const town = await openTown(t);
  const first = await firstAdmin(town.app, hasher);
  if (!first) throw new Error('there was an account already');
  const account = await signInAs(town.app, 'admin', first.password);
  return { town, app: town.app, first, admin: actorOf(account) };
}
const problems = async (t: InTown, promise: Promise<unknown>) => {
  const error = await t.throwsAsync<InvalidInput>(promise, { instanceOf: InvalidInput });
  return error?.problems.map(({ field, code }) => `${field} ${code}`);
};

inTown('the first start makes an admin with a one-time password, and no later one does', async (t) => {
  const { app, first, admin } = await withAdmin(t);
  t.regex(first.password, /^(\w{4}-){3}\w{4}$/);
  t.is(await firstAdmin(app, hasher), null);
  t.deepEqual([...admin.roles], ['admin', 'designer']);
  const [account] = await listAccounts(app, admin);
  t.true(account?.mustChangePassword);
  t.false('passwordHash' in (account ?? {}));
});

inTown('an admin makes an account whose roles name their unit or division', async (t) => {
  const { app, admin } = await withAdmin(t);
  const wang = { accountId: 'wang', displayName: '王敏', roles: ['handler'], unitCode: 'heating' };
  const { account, password } = await createAccount(app, hasher, admin, wang);
  t.deepEqual(actorOf(account).groups, ['unit-heating']);
  t.is((await signInAs(app, ' Wang ', password)).accountId, 'wang');
  await t.throwsAsync(createAccount(app, hasher, admin, wang), { message: /accountExists/ });
  await t.throwsAsync(createAccount(app, hasher, people.director, wang), { message: /noRight/ });
  const broken = { accountId: 'W!', displayName: '', roles: ['leader', 'king', 'subCentre'], divisionCode: '140624' };
  t.deepEqual((await problems(t, createAccount(app, hasher, admin, broken)))?.toSorted(), [
    'accountId badFormat',
    'displayName required',
    'divisionCode unknownDivision',
    'roles notAnOption',
    'unitCode required',
  ]);
});

inTown('an admin changes others and cannot shut out or disarm himself', async (t) => {
  const { app, admin } = await withAdmin(t);
  const { account, password } = await createAccount(app, hasher, admin, {
    accountId: 'li',
    displayName: '李四',
    roles: ['agent'],
  });
  const { token } = await makeToken(app, actorOf(account), { name: '统计脚本' });
  await updateAccount(app, admin, {
    accountId: 'li',
    displayName: '李四',
    roles: ['agent', 'callback'],
    active: false,
  });
  await t.throwsAsync(signInAs(app, 'li', password), { message: /accountInactive/ });
  t.is(await accountOfToken(app, token), undefined);
  const own = { accountId: 'admin', displayName: '管理员', roles: ['admin'], active: false };
  await t.throwsAsync(updateAccount(app, admin, own), { message: /ownAccount/ });
  await t.throwsAsync(updateAccount(app, admin, { ...own, active: true, roles: ['designer'] }), {
    message: /ownAccount/,
  });
});

inTown('five wrong passwords lock an account for a quarter of an hour, whether or not it exists', async (t) => {
  const { town, app, first } = await withAdmin(t);
  for (const accountId of ['admin', 'nobody']) {
    for (let turn = 0; turn < 5; turn++) {
      await t.throwsAsync(signInAs(app, accountId, 'wrong'), { message: /signInFailed/ });
    }
    await t.throwsAsync(signInAs(app, accountId, first.password), { message: /signInLocked/ });
  }
  town.at('2026-11-23', '09:14');
  await t.throwsAsync(signInAs(app, 'admin', first.password), { message: /signInLocked/ });
  town.at('2026-11-23', '09:15');
  t.is((await signInAs(app, 'admin', first.password)).accountId, 'admin');
});

inTown('one wrong password more or less counts from the last right one', async (t) => {
  const { app, first } = await withAdmin(t);
  for (let turn = 0; turn < 4; turn++) await t.throwsAsync(signInAs(app, 'admin', 'wrong'));
  await signInAs(app, 'admin', first.password);
  await t.throwsAsync(signInAs(app, 'admin', 'wrong'), { message: /signInFailed/ });
  t.is((await signInAs(app, 'admin', first.password)).accountId, 'admin');
});

inTown('a new password is long, of three kinds, new, and does not hold the name', async (t) => {
  const { app, first, admin } = await withAdmin(t);
  const change = (newPassword: string, currentPassword = first.password) =>
    changePassword(app, hasher, admin, { currentPassword, newPassword });
  t.deepEqual(await problems(t, change('short')), ['newPassword passwordTooShort', 'newPassword passwordTooSimple']);
  t.deepEqual(await problems(t, change('Admin-2026-x')), ['newPassword passwordHoldsName']);
  t.deepEqual(await problems(t, change('Shuozhou-2026', 'guess')), ['currentPassword wrongPassword']);
  await change('Shuozhou-2026');
  const account = await signInAs(app, 'admin', 'Shuozhou-2026');
  t.false(account.mustChangePassword);
  await t.throwsAsync(signInAs(app, 'admin', first.password), { message: /signInFailed/ });
});

inTown('a reset gives a one-time password, ends tokens and lifts a lock', async (t) => {
  const { app, admin } = await withAdmin(t);
  const { account } = await createAccount(app, hasher, admin, {
    accountId: 'li',
    displayName: '李四',
    roles: ['agent'],
  });
  const { token } = await makeToken(app, actorOf(account), { name: '统计脚本', days: 30 });
  for (let turn = 0; turn < 5; turn++) await t.throwsAsync(signInAs(app, 'li', 'wrong'));
  const { password } = await resetPassword(app, hasher, admin, { accountId: 'li' });
  t.is(await accountOfToken(app, token), undefined);
  t.true((await signInAs(app, 'li', password)).mustChangePassword);
});

inTown('a token stands for its account until its day, is kept hashed, and only its owner ends it', async (t) => {
  const { town, app, admin } = await withAdmin(t);
  const { token, tokenHash } = await makeToken(app, admin, { name: '报表', days: 1 });
  t.regex(token, /^ldt_[\w-]{43}$/);
  t.is((await accountOfToken(app, token))?.accountId, 'admin');
  t.is(await accountOfToken(app, `${token}x`), undefined);
  t.false(JSON.stringify(await town.store.knex('api_token').select('*')).includes(token));
  await deleteToken(app, people.agent, { tokenHash });
  t.is((await accountOfToken(app, token))?.accountId, 'admin');
  town.at('2026-11-24', '09:00');
  t.is(await accountOfToken(app, token), undefined);
  const second = await makeToken(app, admin, { name: '长期' });
  await deleteToken(app, admin, second);
  t.is(await accountOfToken(app, second.token), undefined);
  t.deepEqual(await problems(t, makeToken(app, admin, { name: '', days: 0 })), ['name required', 'days tooSmall']);
});

inTown('everybody chooses language and theme for himself', async (t) => {
  const { app, admin } = await withAdmin(t);
  t.deepEqual(await savePreferences(app, admin, { locale: 'en', theme: 'dark' }), { locale: 'en', theme: 'dark' });
  t.like(await app.stores.accounts.find('admin'), { locale: 'en', theme: 'dark' } satisfies Partial<Account>);
  t.deepEqual(await problems(t, savePreferences(app, admin, { theme: 'pink' })), ['theme notAnOption']);
});

inTown('an admin keeps the list of member units', async (t) => {
  const { app, admin } = await withAdmin(t);
  const unit = {
    unitCode: 'telecom',
    name: '市通信管理办公室',
    nameEn: 'Telecommunications Office',
    tier: 2 as const,
    kind: 'DEPARTMENT' as const,
    divisionCode: null,
    dutyPhone: null,
    active: true,
  };
  await createUnit(app, admin, unit);
  await t.throwsAsync(createUnit(app, admin, unit), { message: /unitExists/ });
  await updateUnit(app, admin, { ...unit, active: false });
  t.false((await app.stores.units.find('telecom'))?.active);
  await t.throwsAsync(updateUnit(app, people.director, unit), { message: /noRight/ });
  t.deepEqual(
    await problems(t, createUnit(app, admin, { ...unit, unitCode: 'X', tier: 4 as never, kind: 'DIVISION' })),
    ['unitCode badFormat', 'divisionCode required', 'tier notAnOption'],
  );
});

inTown('what was done to accounts stands in the audit log, without a secret', async (t) => {
  const { app, admin, first } = await withAdmin(t);
  const { account, password } = await createAccount(app, hasher, admin, {
    accountId: 'li',
    displayName: '李四',
    roles: ['agent'],
  });
  const { token } = await makeToken(app, actorOf(account), { name: '统计脚本' });
  const { items } = await app.stores.audit.list({ limit: 50 });
  t.deepEqual(items.map(({ action }) => action).toSorted(), [
    'accountCreated',
    'accountCreated',
    'signedIn',
    'tokenMade',
  ]);
  for (const secret of [first.password, password, token, account.passwordHash])
    t.false(JSON.stringify(items).includes(secret));
});
