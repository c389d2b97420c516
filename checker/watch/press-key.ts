import { readKeys } from './keys.ts';

/** Resolves when a person presses Enter or the space bar, or when the signal aborts. */
export async function pressEnter(signal: AbortSignal): Promise<void> {
  await pressKey(signal, (key) => key === 'return' || key === 'enter' || key === 'space');
}

/** Resolves when a person presses a key, or when the signal aborts. Returns whether it was `y`. */
export async function pressYes(signal: AbortSignal): Promise<boolean> {
  const key = await pressKey(signal, () => true);
  return key?.toLowerCase() === 'y';
}

/** Returns the first key that is awaited; undefined if the signal aborts. Ctrl-C is passed on as a signal. */
async function pressKey(signal: AbortSignal, isAwaited: (key: string) => boolean): Promise<string | undefined> {
  if (signal.aborted) return undefined;
  let release = () => {};
  try {
    return await new Promise<string | undefined>((resolve) => {
      signal.addEventListener('abort', () => resolve(undefined), { once: true });
      release = readKeys((key) => {
        // The terminal sends no signal while single keys are read.
        if (key === 'interrupt') process.emit('SIGINT');
        else if (isAwaited(key)) resolve(key);
      });
    });
  } finally {
    release();
  }
}
