import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AnyCheck } from '../checking/check.ts';
import { showWaiting } from './waiting.ts';

const check = { id: 'a', title: 'Everyone in the room gets each message' } as AnyCheck;
const again = (left: number) => ({ kind: 'again', check, waitsFor: 'IAM', left, of: 60_000 }) as const;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function shown(isTerminal: boolean, columns = 80) {
  const said: string[] = [];
  const drawn: string[] = [];
  const stream = { isTTY: isTerminal, columns, write: (text: string) => drawn.push(text) > 0 } as NodeJS.WriteStream;
  return { said, drawn, waiting: showWaiting({ isTerminal, say: (line) => void said.push(line) }, stream) };
}

test('a terminal gets one line, no wider than itself, which keeps counting and is removed at the end', () => {
  const { said, drawn, waiting } = shown(true, 40);
  waiting.onProgress({ kind: 'started', check });
  waiting.onProgress(again(48_000));
  vi.advanceTimersByTime(3_000);
  const lines = drawn.map((text) => text.replace('\r\u001b[2K', ''));
  expect(lines[0]).toMatch(/^⠙ Waiting for IAM, 12 of 60 s/);
  expect(lines.at(-1)).toMatch(/ Waiting for IAM, 15 of 60 s/);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(40);
  waiting.end();
  expect(drawn.at(-1)).toBe('\r\u001b[2K');
  waiting.end();
  vi.advanceTimersByTime(1_000);
  expect(drawn.at(-1)).toBe('\r\u001b[2K');
  expect(said).toEqual([]);
});

test('also during the comparison with what is deployed', () => {
  const { drawn, waiting } = shown(true);
  waiting.onProgress({ kind: 'comparing' });
  vi.advanceTimersByTime(200);
  expect(drawn.at(-1)).toContain('Comparing your file with the deployment …');
  waiting.end();
});

test('says which process is checking the same lab, wherever the output goes', () => {
  const wanted = 'Waiting for process 4711, which is checking this lab …';
  const onTerminal = shown(true);
  onTerminal.waiting.onProgress({ kind: 'waiting', pid: '4711' });
  vi.advanceTimersByTime(200);
  expect(onTerminal.drawn.at(-1)).toContain(wanted);
  onTerminal.waiting.end();
  const elsewhere = shown(false);
  elsewhere.waiting.onProgress({ kind: 'waiting', pid: '4711' });
  expect(elsewhere.said).toEqual([wanted]);
});

test('any other output gets a line now and then', () => {
  const { said, drawn, waiting } = shown(false);
  waiting.onProgress({ kind: 'started', check });
  for (let left = 58_000; left > 0; left -= 2_000) waiting.onProgress(again(left));
  waiting.end();
  expect(said).toHaveLength(6);
  expect(said[0]).toBe('Waiting for IAM, 2 of 60 s: Everyone in the room gets each message (not yet)');
  expect(drawn).toEqual([]);
});
