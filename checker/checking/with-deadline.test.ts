import { expect, test } from 'vitest';
import { withDeadline } from './with-deadline.ts';

const never = new Promise<never>(() => {});

test('what takes too long is rejected as the SDK rejects it', async () => {
  await expect(withDeadline(1, never)).rejects.toMatchObject({ name: 'TimeoutError' });
  await expect(withDeadline(1_000, Promise.resolve('done'))).resolves.toBe('done');
});

test('who is interrupted does not wait for what hangs', async () => {
  const interruption = new AbortController();
  const waiting = withDeadline(60_000, never, interruption.signal);
  interruption.abort(new Error('Ctrl-C'));
  await expect(waiting).rejects.toThrow('Ctrl-C');
});
