import { openEvents } from '../aws/account-events.ts';
import type { TraceEvent } from '../aws/practice.ts';

/** Returns the event that was sent with an id; undefined if the account does not keep it any more. */
export async function eventById(root: string, id: string): Promise<TraceEvent | undefined> {
  const [, run, number] = /^([\w-]+)-(\d{1,15})$/.exec(id) ?? [];
  if (run === undefined) return undefined;
  let found: TraceEvent | undefined;
  const events = await openEvents(
    root,
    (sent) => {
      if (sent.kind === 'event') {
        if (sent.id === id) found = sent.event;
        // The one that was asked for is the first, or it is gone.
        events?.close();
      } else if (sent.name === 'hello' && (sent.data.run !== run || Number(sent.data.newest) < Number(number))) {
        events?.close();
      }
    },
    `${run}-${Number(number) - 1}`,
  );
  await events?.ended;
  return found;
}
