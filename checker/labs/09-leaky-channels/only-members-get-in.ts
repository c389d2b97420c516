import { check, type Subject } from '../../checking/check.ts';
import type { Caller } from '../../probe/knock.ts';
import { guests } from '../../sign-in/guests.ts';
import { twoChannels } from '../../sign-in/two-channels.ts';
import { observeRefusals } from '../03-no-auth/observe-refusals.ts';
import { judgeRefusals, type Tried } from '../03-no-auth/refusals.ts';
import { docs } from '../docs.ts';

export interface Observation extends Tried<string> {
  /** The channel that Grace is a member of. */
  readonly own: string;
}

export const onlyMembersGetIn = check<Observation>({
  id: 'only-members-get-in',
  title: 'Only members get into a channel',
  needs: ['stranger-is-refused'],
  expected: "Grace asks for channels that she isn't a member of. Each handshake is rejected with 401 or 403.",
  async observe(subject) {
    const { names } = await subject.once(twoChannels);
    return { ...(await observeRefusals(subject, await callers(subject, names))), own: names[1] };
  },
  judge(observation) {
    const { knocks, own } = observation;
    const judgement = judgeRefusals(observation, {
      whyIn: (kinds) => `Grace got in with ${kinds[0]}. She is a member of "${own}" and of no other channel.`,
      allRefused: `Grace was rejected at the handshake with ${knocks.length} channels that she isn't a member of`,
    });
    if (judgement.outcome !== 'failed') return judgement;
    // Lab 3's findings point at its own files.
    const { finding: _, ...more } = judgement;
    return more;
  },
  hints: [
    "Somebody gets into a channel that they aren't a member of. That worked when the lab began, so a change since then broke it.",
    'What decides at the handshake which channel somebody gets, and what does it compare? Look at app/functions/channels/authorizer.ts and at the authorizer in stack.ts.',
    "Cognito writes a user's groups into the ID token, as the claim `cognito:groups`. A channel's members are the group with exactly its name. A client can ask for anything in `?channel=`, so only the token decides.",
    '`git diff app/functions/channels` shows what you changed there, and `git checkout app/functions/channels` restores the original files. How the rest differs from the solution:',
  ],
  docs: docs(
    '09-leaky-channels',
    'https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-user-groups.html',
  ),
});

/** Grace with the channels that she asks for: one whose name hers begins with, one that begins with hers, a nonexistent one. */
async function callers(subject: Subject, [other, own]: readonly [string, string]): Promise<Array<Caller<string>>> {
  const { grace } = await subject.once(guests);
  const channels = [other, `${own}s`, `${other}s`];
  return Promise.all(
    channels.map(async (channel) => ({
      kind: `the channel ${channel}`,
      label: 'Grace',
      username: grace.username,
      token: (await grace.signIn()).id,
      channel,
    })),
  );
}
