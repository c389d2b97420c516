import type { FailingCall } from '../aws/target.ts';
import type { Subject } from '../checking/check.ts';
import { unusedId } from './made-up-ids.ts';

/** Returns whether the account can fail on request. A running one may be from before the workshop was updated. */
export async function canFail({ target }: Pick<Subject, 'target'>): Promise<boolean> {
  return (await target.letFail?.({ connectionId: unusedId() })) !== undefined;
}

/** Failing calls for some ids, until the end. */
export interface FailingCalls {
  begin(connectionId: string): Promise<void>;
  /** Ends it, and returns how many calls have failed. */
  end(): Promise<number>;
}

/** Has the account answer calls for some ids with an error, posts after a delay in milliseconds, until the end. */
export function failuresOf(
  { target, afterwards }: Pick<Subject, 'target' | 'afterwards'>,
  error: FailingCall['error'],
  delay?: number,
): FailingCalls {
  const ids: string[] = [];
  const end = async () => {
    let times = 0;
    for (const connectionId of ids.splice(0)) times += (await target.letFail?.({ connectionId })) ?? 0;
    return times;
  };
  // In case the check is interrupted.
  afterwards(async () => void (await end()));
  return {
    async begin(connectionId) {
      ids.push(connectionId);
      await target.letFail?.({ connectionId, error, delay });
    },
    end,
  };
}
