import { pino } from 'pino';
import { readSettings, type Settings } from './main/settings.ts';
import { sentenceFor, StartFailure } from './main/start-failure.ts';
import { startLiandong, type Liandong } from './main/start-liandong.ts';

const STOP_PATIENCE_MS = 15_000;

/** Reads the environment, starts everything, prints where it answers, and stops in order when told to. */
async function run() {
  const settings = settingsOrEnd();
  if (!settings) return;
  const log = pino({ level: settings.logLevel });
  const liandong = await startLiandong(settings, log).catch((error: unknown) => {
    const sentence = sentenceFor(error, settings);
    if (sentence === undefined) log.fatal({ err: error }, 'Liandong does not start');
    fail(sentence ?? `Liandong does not start: ${error instanceof Error ? error.message : String(error)}`);
  });
  if (!liandong) return;
  greet(liandong, settings);
  stopWhenTold(liandong);
}

function settingsOrEnd(): Settings | undefined {
  try {
    return readSettings(process.env);
  } catch (error) {
    if (!(error instanceof StartFailure)) throw error;
    return fail(error.message);
  }
}

function greet({ address, admin }: Liandong, settings: Settings) {
  print(`联动 Liandong: ${address}`);
  if (settings.demo) print('演示账号在登录页 Demo accounts are listed on the sign-in page');
  if (admin) {
    print(`首次登录 First sign-in: ${admin.accountId} / ${admin.password} (只显示一次 shown once; it must be changed)`);
  }
  print('Ctrl-C 停止 stops it.');
}

function stopWhenTold(liandong: Liandong) {
  let stopping = false;
  const stop = () => {
    // Told twice: somebody is in a hurry. Nothing is lost, the next start goes on from what is on disk.
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => process.exit(1), STOP_PATIENCE_MS).unref();
    liandong.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

function print(line: string) {
  process.stdout.write(`${line}\n`);
}

function fail(sentence: string): undefined {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}

await run();
