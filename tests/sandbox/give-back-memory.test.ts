import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';

const program = `
const { constants, PerformanceObserver } = await import('node:perf_hooks');
const { giveBackMemory } = await import(process.argv[1]);
new PerformanceObserver((list) => {
  for (const { detail } of list.getEntries()) {
    if (detail.flags === constants.NODE_PERFORMANCE_GC_FLAGS_FORCED) console.log('collected');
  }
}).observe({ entryTypes: ['gc'] });
giveBackMemory();
globalThis.held = Array.from({ length: 100 }, (_, index) => new Array(2 ** 16).fill(index));
setInterval(() => {}, 1000);
`;

it('collects garbage once the account is idle after it grew', async () => {
  const module = join(import.meta.dirname, '../../sandbox/give-back-memory.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program, module], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const line = await new Promise((resolve) => createInterface(child.stdout).once('line', resolve));
  expect(line).toBe('collected');
});
