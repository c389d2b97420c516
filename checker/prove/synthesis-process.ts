import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { callEsbuildDirectly } from '../synth/esbuild-binary.ts';
import { keepLongTraces } from '../synth/keep-long-traces.ts';
import type { Job } from '../synth/message.ts';
import { rehearse } from '../synth/rehearsal.ts';
import { workshopRoot } from '../workshop/root.ts';
import { keepBundles } from './kept-bundles.ts';
import type { Report } from './synthesis-report.ts';
import { takenState } from './traces.ts';

// A process that synthesizes one stack after another, for proofs, so that the CDK loads and compiles only once. If a
// stack throws, its output is ignored here: it is synthesized again in a separate process.

const root = workshopRoot();
keepLongTraces();
callEsbuildDirectly(root);
const bundles = keepBundles(root);
// The CDK leaves its own traces when it is loaded.
rehearse(root);
process.on('message', (job: Job) => void synthesize(job));
// The parent has ended.
process.once('disconnect', () => process.exit());

async function synthesize({ folder, environment }: Job): Promise<void> {
  const state = takenState();
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  process.chdir(folder);
  bundles.within(join(folder, '..', '..'));
  const given = takenState();
  await import(pathToFileURL(join(folder, 'stack.ts')).href);
  const isWritten = existsSync(join(environment.CDK_OUTDIR ?? folder, 'manifest.json'));
  const traces = given.changes();
  state.putBack();
  process.send?.({ isWritten, traces } satisfies Report);
}
