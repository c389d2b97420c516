/**
 * What `work` comes to, or after so many milliseconds a rejection named as the SDK names its own time-outs; with a
 * signal, also the signal's reason as soon as it is aborted. What is still under way by then is left to itself.
 */
export async function withDeadline<T>(ms: number, work: Promise<T>, signal?: AbortSignal): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let interrupted = () => {};
  const late = new Promise<never>((_, reject) => {
    interrupted = () => reject(signal?.reason);
    signal?.addEventListener('abort', interrupted, { once: true });
    timer = setTimeout(() => {
      const error = new Error(`no end of it after ${Math.round(ms / 1000)} s`);
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
