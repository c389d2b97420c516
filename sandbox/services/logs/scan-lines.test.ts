import { describe, expect, it } from 'vitest';
import { scanLines } from './scan-lines.ts';

const line = (sequence: number, timestamp: number, message: string) =>
  `[${sequence},${timestamp},${timestamp + 1},${JSON.stringify(message)}]\n`;
const scan = (text: string) => scanLines(Buffer.from(text));

describe('scanLines', () => {
  it('knows the last event, and the earliest and latest times', () => {
    const text = line(7, 20, 'a') + line(8, 10, 'b') + line(9, 15, 'c');
    expect(scan(text)).toEqual({
      lastSequence: 9,
      firstTimestamp: 10,
      lastTimestamp: 20,
      lastIngestionTime: 16,
      damaged: [],
    });
    expect(scan('')).toMatchObject({ lastSequence: undefined, firstTimestamp: undefined, damaged: [] });
  });

  it('accepts every message that JSON can encode', () => {
    const messages = ['', '"', '\\', '\\"', '"]', '[1,2,3,"x"]', '\u0000\n\r\t\u001f', 'é🦄\u2028', '\ud800'];
    expect(scan(messages.map((message, n) => line(n, n, message)).join('')).damaged).toEqual([]);
  });

  it.each([
    ['cut off', '[1,2,2,"cut o'],
    ['cut off after a whole message', '[1,2,2,"cut"]'],
    ['joined to the next', `[1,2,2,"cut o${line(2, 2, 'next')}`],
    ['empty', '\n'],
    ['without a number', '[1,,2,"a"]\n'],
    ['without a message', '[1,2,3]\n'],
    ['with something behind', '[1,2,3,"a"],\n'],
    ['with a control character', '[1,2,3,"a\u0001"]\n'],
    ['that ends in a backslash', '[1,2,3,"a\\\n'],
  ])('finds a line %s, and goes on after it', (_what, damaged) => {
    const before = line(0, 1, 'before');
    expect(scan(before + damaged).damaged).toEqual([[before.length, before.length + damaged.length]]);
    if (!damaged.endsWith('\n')) return;
    const whole = scan(before + damaged + line(3, 4, 'after'));
    expect(whole).toMatchObject({ lastSequence: 3, lastTimestamp: 4 });
    expect(whole.damaged).toHaveLength(1);
  });
});
