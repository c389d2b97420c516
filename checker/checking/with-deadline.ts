/**
 * Resolves as `work` does, or rejects after this many milliseconds with an error named like the SDK's own timeouts.
 * With a signal, it also rejects with the signal's reason as soon as it is aborted. `work` itself is not stopped.
 */
export async function withDeadline<T>(ms: number, work: Promise<T>, signal?: AbortSignal): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let interrupted = () => {};
  const late = new Promise<never>((_, reject) => {
    interrupted = () => reject(signal?.reason);
    signal?.addEventListener('abort', interrupted, { once: true });
    timer = setTimeout(() => {
      const error = new Error(`not finished after ${Math.round(ms / 1000)} s`);
      error.name = 'TimeoutError';
      reject(error);
    }, ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', interrupted);
  }
}
