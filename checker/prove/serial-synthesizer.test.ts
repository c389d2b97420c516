import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Synthesizer } from '../synth/synthesizer.ts';
import { findLab } from '../workshop/lab-name.ts';
import { workshopRoot } from '../workshop/root.ts';
import { layOut } from './lay-out.ts';
import { SerialSynthesizer } from './serial-synthesizer.ts';
import { variantsOf } from './variants.ts';

const root = workshopRoot();
const { signal } = new AbortController();
const together = new SerialSynthesizer(root);
const alone = new Synthesizer(root);

// Child processes run from the bundle.
beforeAll(() => promisify(execFile)(process.execPath, [join(root, 'checker', 'launch', 'build.mjs')]), 60_000);

afterAll(() => {
  together.close();
  alone.close();
});

test('synthesizing after others in one process gives the same output as a process of its own', async () => {
  const variants = await Promise.all(
    [
      ['01', 'start'],
      ['03', 'shortcuts/expired-token-is-refused--skips-expiry'],
      ['03', 'solution'],
    ].map(([lab = '', name = '']) => laidOut(lab, name)),
  );
  for (const folder of variants) await synthesize(together, folder);
  const [, , last = ''] = variants;
  expect(await synthesize(alone, last)).toEqual(await synthesize(together, last));
}, 180_000);

test('a stack that throws reports why, and does not affect the next one', async () => {
  const folder = await laidOut('01', 'solution');
  const file = join(folder, 'stack.ts');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('app.synth();', "throw new Error('not today');"));
  const order = { folder, assembly: join(folder, 'out'), environment: {} };
  expect(await together.synthesize(order, signal)).toMatchObject({
    outcome: 'failed',
    output: expect.stringContaining('not today'),
  });
  await writeFile(file, text);
  expect(await together.synthesize(order, signal)).toMatchObject({ outcome: 'synthesized' });
}, 180_000);

async function laidOut(number: string, name: string): Promise<string> {
  const lab = findLab(number);
  const variant = (await variantsOf(root, lab)).find((each) => each.name === name);
  if (variant === undefined) throw new Error(`no variant ${name}`);
  return join(await layOut(root, lab.id, { ...variant, name: `serial-${name}` }), 'labs', lab.id);
}

/** The template without the digests of bundles, which contain their folder in a comment. */
async function synthesize(by: Pick<Synthesizer, 'synthesize'>, folder: string): Promise<unknown> {
  const assembly = join(folder, 'out');
  expect(await by.synthesize({ folder, assembly, environment: {} }, signal)).toMatchObject({ outcome: 'synthesized' });
  const manifest = JSON.parse(await readFile(join(assembly, 'manifest.json'), 'utf8')) as { artifacts: object };
  const stack = Object.keys(manifest.artifacts).find((name) => /^chat-[\w-]+$/.test(name));
  return JSON.parse((await readFile(join(assembly, `${stack}.template.json`), 'utf8')).replace(/[0-9a-f]{64}/g, ''));
}
