import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from '../failures/errors.ts';
import { escapeControls } from '../report/control-characters.ts';
import { workshopRoot } from '../workshop/root.ts';
import type { AccountReport } from './background.ts';
import { accountFolder, startPractice } from './practice.ts';

// The practice account as a separate process: `lab sandbox start` spawns it and exits; it runs until it is asked to
// stop.

const [, , port, seed] = process.argv;
const root = workshopRoot();
// Its parent exits as soon as it knows the port.
process.on('disconnect', () => {});
// Keys pressed in the terminal it was started from are not meant for it.
process.on('SIGINT', () => {});
process.on('SIGHUP', () => {});

// On a full disk the log can't be written, and the account continues without.
process.stderr.on('error', () => {});

for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    console.error(error);
    process.exit(3);
  });
}

start().catch((error) => {
  console.error(error);
  finish(
    error instanceof LabError
      ? { type: 'failed', message: error.message, next: error.next }
      : { type: 'failed', message: String(error), next: 'See .lab/account.log.' },
  );
});

// A script can't use top-level `await`.
async function start(): Promise<void> {
  const started = await startPractice({
    root,
    port: Number(port),
    weather: seed === undefined ? undefined : { seed: Number(seed) },
    command: 'lab sandbox start',
    lasting: true,
    say(message, kind) {
      const line = `${new Date().toISOString()} ${escapeControls(message)}`;
      // People paste logs into issues, so the codes that AWS would have mailed are in a separate file.
      if (kind !== 'mail') return console.error(line);
      try {
        appendFileSync(join(accountFolder(root), 'mail.log'), `${line}\n`, { mode: 0o600 });
      } catch (error) {
        console.error(`A code couldn't be written to mail.log: ${error}`);
      }
    },
    onStop: () => void stop(),
  });
  if (started === 'port taken') finish({ type: 'port taken' });
  else if ('busy' in started) finish({ type: 'busy' });
  else {
    process.on('SIGTERM', () => void stop());
    process.send?.({ type: 'ready', port: started.port } satisfies AccountReport);
  }
  async function stop(): Promise<void> {
    if (typeof started === 'object' && 'close' in started) await started.close();
    process.exit(0);
  }
}

function finish(report: AccountReport): void {
  if (process.send === undefined) process.exit(3);
  process.send(report, () => process.exit(3));
}
