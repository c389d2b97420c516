import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { LabError } from '../failures/errors.ts';
import { Prover } from './prover.ts';

const order = {
  lane: 0,
  lab: '01-missing-route',
  variant: { name: 'start', files: new Map(), expects: { kind: 'fixed' } },
} as const;

/** Starts a process that does this with each order. */
async function proverThat(does: string): Promise<Prover> {
  const root = await mkdtemp(join(tmpdir(), 'websocket-lab-prover-'));
  await mkdir(join(root, 'dist'));
  await writeFile(join(root, 'dist', 'prover.js'), `process.on('message', ({ lane, variant }) => { ${does} });`);
  const prover = new Prover(root);
  onTestFinished(async () => {
    await prover.close();
    await rm(root, { recursive: true });
  });
  return prover;
}

test('a variant and its proof cross with everything they contain', async () => {
  const prover = await proverThat('process.send({ lane, proof: variant })');
  expect(await prover.prove(order, new AbortController().signal)).toEqual(order.variant);
});

test('an error that a person can act on crosses with its next step', async () => {
  const failure = { lines: ['.lab is not a folder.', 'Move it away.'], exitCode: 3, isFault: false };
  const prover = await proverThat(`process.send({ lane, failure: ${JSON.stringify(failure)} })`);
  const error = await prover.prove(order, new AbortController().signal).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(LabError);
  expect(error).toMatchObject({ message: '.lab is not a folder.', next: 'Move it away.' });
});

test('a process that dies is named', async () => {
  const prover = await proverThat('process.exit(7)');
  await expect(prover.prove(order, new AbortController().signal)).rejects.toThrow(
    'A process of the proof ended with 7.',
  );
});

test('a process that is ended by something else is not a bug', async () => {
  const prover = await proverThat("process.kill(process.pid, 'SIGKILL')");
  const error = await prover.prove(order, new AbortController().signal).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(LabError);
  expect(error).toMatchObject({ message: 'SIGKILL ended a process of the proof.' });
});

test('an abort is not waited for', async () => {
  const prover = await proverThat('');
  const abort = new AbortController();
  const proving = prover.prove(order, abort.signal);
  abort.abort(new Error('Ctrl-C'));
  await expect(proving).rejects.toThrow('Ctrl-C');
});
