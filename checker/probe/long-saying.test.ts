import { expect, test } from 'vitest';
import { longText } from './long-saying.ts';
import { unusualSaying } from './sayings.ts';

test('a long text begins with its words, and is nearly as long as a message can be', () => {
  for (let times = 0; times < 20; times += 1) {
    const words = unusualSaying();
    const text = longText(words);
    expect(text.startsWith(`${words} `)).toBe(true);
    expect(text.trim()).toBe(text);
    expect(Buffer.byteLength(text)).toBeGreaterThan(3_850);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4_096);
  }
});
