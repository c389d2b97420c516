import { expect, test } from 'vitest';
import { withDeadline } from './with-deadline.ts';

const never = new Promise<never>(() => {});

test('a call that takes too long is rejected the way the SDK rejects it', async () => {
  await expect(withDeadline(1, never)).rejects.toMatchObject({ name: 'TimeoutError' });
  await expect(withDeadline(1_000, Promise.resolve('done'))).resolves.toBe('done');
});

test('an interrupted check does not wait for calls that hang', async () => {
  const interruption = new AbortController();
  const waiting = withDeadline(60_000, never, interruption.signal);
  interruption.abort(new Error('Ctrl-C'));
  await expect(waiting).rejects.toThrow('Ctrl-C');
});
