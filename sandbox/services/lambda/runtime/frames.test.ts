import { expect, test } from 'vitest';
import { FrameReader, longestFrame } from './frames.ts';
import { largestAnswer } from './outcome.ts';

function frame(kind: number, content: string): Buffer {
  const bytes = Buffer.from(content);
  const head = Buffer.alloc(5);
  head[0] = kind;
  head.writeUInt32LE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}

const written = [
  frame(1, 'an event\nof two lines'),
  frame(2, ''),
  frame(2, 'text ü 👩'),
  frame(1, 'x'.repeat(longestFrame)),
  frame(3, '1 2\n"yes"'),
  frame(6, ''),
];
const read = [
  { kind: 'event', content: 'an event\nof two lines' },
  { kind: 'text', content: '' },
  { kind: 'text', content: 'text ü 👩' },
  { kind: 'event', content: 'x'.repeat(longestFrame) },
  { kind: 'response', content: '1 2\n"yes"' },
  { kind: 'ready', content: '' },
];

test.each([1, 2, 3, 5, 7, 64, 65_536, 1_000_000])('reads the same frames in pieces of %i bytes', (size) => {
  const bytes = Buffer.concat(written);
  const reader = new FrameReader();
  const frames = [];
  for (let at = 0; at < bytes.length; at += size) frames.push(...reader.read(bytes.subarray(at, at + size)));
  expect(frames).toEqual(read);
});

test.each([
  ['another kind', frame(8, 'x')],
  ['a frame that is too long', frame(1, 'x'.repeat(longestFrame + 1))],
  ['text', Buffer.from('x'.repeat(1000))],
  ['zeros', Buffer.alloc(1000)],
])('reports %s once, and keeps nothing of what follows', (_what, bytes) => {
  const reader = new FrameReader();
  expect(reader.read(frame(1, 'before'))).toHaveLength(1);
  expect(reader.read(bytes)).toEqual([{ kind: 'event', content: expect.stringContaining('file descriptor 3') }]);
  expect(reader.read(frame(1, 'after'))).toEqual([]);
});

test('keeps only enough of an answer to see that it is too large', () => {
  const reader = new FrameReader();
  const bytes = Buffer.concat([frame(4, 'x'.repeat(20_000_000)), frame(1, 'after')]);
  const [answer, event] = [bytes.subarray(0, 9_000_000), bytes.subarray(9_000_000)].flatMap((piece) =>
    reader.read(piece),
  );
  expect(answer?.content.length).toBe(largestAnswer + 100);
  expect(event).toEqual({ kind: 'event', content: 'after' });
});
