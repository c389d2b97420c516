import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Target } from '../aws/target.ts';
import type { Synthesis } from '../synth/synthesizer.ts';
import { type DeployTools, deployLab, usuallyWritten } from './deploy.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'deploy-'));
  vi.useFakeTimers();
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(root, { recursive: true, force: true });
});

const never = new Promise<never>(() => {});
// An account that doesn't answer.
const target = { kind: 'practice', environment: {}, clients: { cloudformation: () => never } } as unknown as Target;

test.each<[string, Promise<Synthesis>, number]>([
  ['a stack that is not written', never, 1],
  ['an account that does not answer', Promise.resolve({ outcome: 'synthesized', assembly: '' }), 0],
])('%s: whether it says that the stack is still running', async (_, synthesis, times) => {
  const tools = { synthesizer: { synthesize: () => synthesis }, cdk: { warm() {} } } as unknown as DeployTools;
  const onSlow = vi.fn();
  const { signal } = new AbortController();
  void deployLab({ root, lab: '01-x', labFolder: root, target, tools, signal, onSlow });
  await vi.advanceTimersByTimeAsync(usuallyWritten);
  expect(onSlow).toHaveBeenCalledTimes(times);
});
