// A worker thread does not inherit tsx's loader, and `new Worker('x.ts')` fails: this registers it first. A built server
// (scripts/build-server.js) needs none.
if (process.env.LIANDONG_BUILT === '1') {
  await import('../dist/server/engine-thread.js');
} else {
  const { register } = await import('tsx/esm/api');
  register();
  await import('./thread-main.ts');
}
