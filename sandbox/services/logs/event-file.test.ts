import { appendFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { EventFile } from './event-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'websocket-lab-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('drops the older half when it grows too large, and never repeats a sequence number', () => {
  const path = join(folder, 'stream.jsonl');
  const file = new EventFile(path, 1000);
  for (let timestamp = 0; timestamp < 100; timestamp++) {
    file.append([{ timestamp, message: 'x'.repeat(20) }], timestamp);
    file.flush();
  }
  const sequences = file.read().map(({ sequence }) => sequence);
  expect(statSync(path).size).toBeLessThanOrEqual(1000);
  expect(sequences.at(-1)).toBe(99);
  expect(sequences[0]).toBeGreaterThan(50);
  expect(new EventFile(path, 1000).extent().lastTimestamp).toBe(99);
});

it('continues after a truncated line', () => {
  const path = join(folder, 'stream.jsonl');
  const file = new EventFile(path, 1000);
  file.append([{ timestamp: 1, message: 'whole' }], 1);
  file.flush();
  appendFileSync(path, '[1,2,2,"cut o');
  const again = new EventFile(path, 1000);
  again.append([{ timestamp: 3, message: 'next' }], 3);
  expect(again.read().map(({ message }) => message)).toEqual(['whole', 'next']);
});
