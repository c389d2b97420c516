import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { EventFile } from './event-file.ts';

const { appendFileSync, truncateSync } = fs;
let folder: string;
let path: string;

beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'websocket-lab-'));
  path = join(folder, 'stream.jsonl');
});

afterEach(() => {
  makeRoom();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** Lets appends write this many bytes and then fail, like a disk that fills up. */
function fillUp(room: number, mayTruncate: boolean): void {
  const full = () => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  fs.appendFileSync = ((file: string, text: string) => {
    appendFileSync(file, Buffer.from(text).subarray(0, room));
    throw full();
  }) as typeof appendFileSync;
  if (!mayTruncate) {
    fs.truncateSync = () => {
      throw full();
    };
  }
  syncBuiltinESMExports();
}

function makeRoom(): void {
  Object.assign(fs, { appendFileSync, truncateSync });
  syncBuiltinESMExports();
}

const messages = (file: EventFile) => file.read().map(({ message }) => message);

it.each([true, false])(
  'keeps a stream readable on a full disk, and complete once there is space: %s',
  (mayTruncate) => {
    const file = new EventFile(path, 100_000);
    file.append([{ timestamp: 1, message: 'before' }], 1);
    file.flush();
    fillUp(7, mayTruncate);
    file.append([{ timestamp: 2, message: 'meanwhile' }], 2);
    expect(() => file.flush()).toThrow('ENOSPC');
    expect(messages(file)).toEqual(['before', 'meanwhile']);
    makeRoom();
    file.append([{ timestamp: 3, message: 'after' }], 3);
    file.flush();
    expect(messages(file)).toEqual(['before', 'meanwhile', 'after']);
    expect(messages(new EventFile(path, 100_000))).toEqual(['before', 'meanwhile', 'after']);
  },
);

it('opens a stream with a line truncated in the middle, and says how many it lost', () => {
  fs.writeFileSync(path, '[0,1,1,"one"]\n[1,2,2,"cut o[2,3,3,"two"]\n[3,4,4,"three"]\n');
  const file = new EventFile(path, 100_000);
  expect(file.damaged).toBe(1);
  expect(messages(file)).toEqual(['one', 'three']);
  expect(new EventFile(path, 100_000).damaged).toBe(0);
});
