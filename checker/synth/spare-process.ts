import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { workshopRoot } from '../workshop/root.ts';
import { endWithParent } from './end-with-parent.ts';
import { callEsbuildDirectly } from './esbuild-binary.ts';
import { keepLongTraces } from './keep-long-traces.ts';
import type { Job, Word } from './message.ts';

// A process that synthesizes one stack. It runs with tsx's hooks, and may have been started beforehand.

const root = workshopRoot();
keepLongTraces();
callEsbuildDirectly(root);
process.once('message', (job: Job) => void synthesize(job));
// The parent has ended.
process.once('disconnect', () => process.exit());
if (process.argv.includes('--warm')) {
  const { rehearse } = await import('./rehearsal.ts');
  rehearse(root);
  say('warm');
}

async function synthesize({ folder, environment }: Job): Promise<void> {
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  process.chdir(folder);
  endWithParent();
  say('begun');
  await import(pathToFileURL(join(folder, 'stack.ts')).href);
  if (existsSync(join(environment.CDK_OUTDIR ?? folder, 'manifest.json'))) {
    say('synthesized', () => process.exit());
  } else {
    // If an app doesn't synthesize itself, the CDK does so when nothing else is left to do.
    process.once('exit', (code) => {
      if (code === 0) say('synthesized');
    });
    process.removeAllListeners('disconnect');
    process.channel?.unref();
  }
}

function say(word: Word, then?: () => void): void {
  process.send?.(word, undefined, {}, then);
}
