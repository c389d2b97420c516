/**
 * Does `work` for every item, at most `lanes` at a time. If an item fails, waits for those in progress, then throws the
 * first error: a function that has answered is frozen in the middle of whatever it still had to do.
 */
export async function inParallel<T>(
  items: readonly T[],
  lanes: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  const left = items.values();
  const lane = async () => {
    for (const item of left) await work(item);
  };
  const ends = await Promise.allSettled(Array.from({ length: lanes }, lane));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
