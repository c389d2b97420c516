import { expect, it } from 'vitest';
import { FrameMeter } from './frame-meter.ts';

/** A masked frame, as clients send them. */
function frame(length: number): Buffer {
  const mask = [1, 2, 3, 4];
  const header =
    length < 126
      ? [0x81, 0x80 | length]
      : length < 65_536
        ? [0x81, 0x80 | 126, length >> 8, length & 255]
        : [0x81, 0x80 | 127, 0, 0, 0, 0, length >>> 24, (length >> 16) & 255, (length >> 8) & 255, length & 255];
  return Buffer.concat([Buffer.from([...header, ...mask]), Buffer.alloc(length, 0xff)]);
}

it.each([1, 7, 100_000])('finds an oversized frame, in chunks of %i bytes', (size) => {
  const within = Buffer.concat([frame(0), frame(125), frame(126), frame(1000)]);
  const exceeds = (bytes: Buffer) => {
    const meter = new FrameMeter(1000);
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size),
    );
    return chunks.some((chunk) => meter.exceeds(chunk));
  };
  expect(exceeds(Buffer.concat([within, within]))).toBe(false);
  expect(exceeds(Buffer.concat([within, frame(1001)]))).toBe(true);
  expect(exceeds(Buffer.concat([within, frame(70_000)]))).toBe(true);
});
