import { readKeys } from './keys.ts';

/**
 * Resolves when a person presses Enter or the space bar, or when the signal aborts. Ctrl-C is passed on as a signal.
 */
export async function pressEnter(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  let release = () => {};
  try {
    await new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
      release = readKeys((key) => {
        if (key === 'return' || key === 'enter' || key === 'space') resolve();
        // The terminal sends no signal while single keys are read.
        if (key === 'interrupt') process.emit('SIGINT');
      });
    });
  } finally {
    release();
  }
}
