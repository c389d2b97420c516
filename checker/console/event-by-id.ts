import { openEvents } from '../aws/account-events.ts';
import type { TraceEvent } from '../aws/practice.ts';

/** Returns the event with an id; undefined if the account no longer has it. */
export async function eventById(root: string, id: string): Promise<TraceEvent | undefined> {
  const [, run, number] = /^([\w-]+)-(\d{1,15})$/.exec(id) ?? [];
  if (run === undefined) return undefined;
  let found: TraceEvent | undefined;
  const events = await openEvents(
    root,
    (sent) => {
      if (sent.kind === 'event') {
        if (sent.id === id) found = sent.event;
        // The requested event is the first, or it is gone.
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
