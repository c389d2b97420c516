import { expect, test } from 'vitest';
import { longSaying, longText } from './long-saying.ts';
import { unusualSaying } from './sayings.ts';

test('a long text begins with its words, and is as long as a message can be', () => {
  for (let times = 0; times < 20; times += 1) {
    const words = unusualSaying();
    const text = longText(words);
    expect(text.startsWith(`${words} `)).toBe(true);
    expect(text.trim()).toBe(text);
    expect(Buffer.byteLength(text)).toBe(4_096);
  }
});

test('a long saying is as long as a message can be, and has no space at its end', () => {
  for (let times = 0; times < 20; times += 1) expect(longSaying()).toMatch(/^.{4095}\S$/);
});
