import { expect, it } from 'vitest';
import { live, placeholder } from './addresses.ts';

it('replaces every placeholder with the current address, also without its scheme', () => {
  const address = { http: () => 'http://127.0.0.1:4567' };
  expect(live(`${placeholder.ws}/a ${placeholder.http}/b practice-account.invalid/c`, address)).toBe(
    'ws://127.0.0.1:4567/a http://127.0.0.1:4567/b 127.0.0.1:4567/c',
  );
  expect(live('nothing', address)).toBe('nothing');
});
