import { check, type Subject } from '../../checking/check.ts';
import type { Caller } from '../../probe/knock.ts';
import { type Guest, guests } from '../../sign-in/guests.ts';
import { GENERAL, twoChannels } from '../../sign-in/two-channels.ts';
import { observeRefusals } from '../03-no-auth/observe-refusals.ts';
import { judgeRefusals, type Tried } from '../03-no-auth/refusals.ts';
import { docs } from '../docs.ts';

export interface Observation extends Tried<string> {
  /** The channel that Grace is a member of. */
  readonly own: string;
  /** The one that Linus is a member of. */
  readonly other: string;
  /** What Linus asks for. */
  readonly ofLinus: string;
  /** What Frances asks for, who is in no group. */
  readonly withoutGroup: string;
  /** What Katherine asks for, who is in no group, either, but has the channel in her attributes. */
  readonly inAttributes?: string;
}

export const onlyMembersGetIn = check<Observation>({
  id: 'only-members-get-in',
  title: 'Only members get into a channel',
  needs: ['stranger-is-refused'],
  expected:
    "Grace and Linus, who are in one group each, and Frances and Katherine, who are in none, ask for channels that they aren't members of, some of them right after a member. Katherine has written the channel into her own attributes. Each handshake is rejected with 401 or 403.",
  async observe(subject) {
    const { names } = await subject.once(twoChannels);
    const all = await callers(subject, names);
    const of = (who: string) => all.find(({ label }) => label === who)?.kind ?? '';
    const asked = { withoutGroup: of('Frances'), ofLinus: of('Linus'), inAttributes: of('Katherine') };
    return { ...(await observeRefusals(subject, all)), other: names[0], own: names[1], ...asked };
  },
  judge(observation) {
    const { knocks, own, other, withoutGroup, ofLinus, inAttributes } = observation;
    // The next check says so if members are rejected.
    const judgement = judgeRefusals(
      { ...observation, notAdmitted: undefined },
      {
        whyIn: ([kind]) =>
          kind === withoutGroup
            ? `Frances got in with ${kind}. Only "${GENERAL}" is open to people without one.`
            : kind === inAttributes
              ? `Katherine got in with ${kind}. Users write their own attributes, so only the groups in the token say which channels are theirs.`
              : kind === ofLinus
                ? `Linus got in with ${kind}. He is a member of "${other}" and of no other channel.`
                : `Grace got in with ${kind}. She is a member of "${own}" and of no other channel.`,
        allRefused: `Grace, Linus, ${inAttributes ? 'Frances, and Katherine' : 'and Frances'} were rejected at all ${knocks.length} handshakes for channels that they aren't members of`,
      },
    );
    if (judgement.outcome !== 'failed') return judgement;
    // Lab 3's findings point at its own files.
    const { finding: _, ...more } = judgement;
    return more;
  },
  hints: [
    "Somebody gets into a channel that they aren't a member of. That worked when the lab began, so a change since then broke it.",
    'What decides at the handshake which channel somebody gets, and what does it compare? Look at app/functions/channels/authorizer.ts and at the authorizer in stack.ts.',
    "Cognito writes a user's groups into the ID token, as the claim `cognito:groups`. A channel's members are the group with exactly its name. A client can ask for anything in `?channel=`, and users write their own attributes, so only the groups in the token decide.",
    '`git diff app/functions/channels` shows what you changed there, and `git checkout app/functions/channels` restores the original files. How the rest differs from the solution:',
  ],
  docs: docs(
    '09-leaky-channels',
    'https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-user-groups.html',
  ),
});

/**
 * Grace with the channels that she asks for: one whose name hers begins and ends with, one that begins with hers, a
 * nonexistent one, her own in another case. Linus with hers, which begins with his and a hyphen. Both also right after a
 * member, whom a function can remember. And Frances and Katherine, who are in no group: nothing to compare must not mean
 * a match, and neither must what Katherine has written about herself.
 */
async function callers(subject: Subject, [other, own]: readonly [string, string]): Promise<Array<Caller<string>>> {
  const { ada, grace, invite } = await subject.once(guests);
  const [frances, linus, katherine] = await Promise.all([
    invite('Frances'),
    invite('Linus'),
    invite('Katherine', { says: other }),
  ]);
  const ask = async (label: string, guest: Guest, channel: string, kind = `the channel ${channel}`) => ({
    kind,
    label,
    username: guest.username,
    token: (await guest.signIn()).id,
    channel,
  });
  const member = (channel: string) => ask('Ada', ada, channel, `the channel ${channel}, of which she is a member`);
  return Promise.all([
    ...[`${own}s`, `${other}s`, own.toUpperCase()].map((channel) => ask('Grace', grace, channel)),
    { ...(await ask('Grace', grace, other)), after: await member(other) },
    { ...(await ask('Linus', linus, own)), after: await member(own) },
    ask('Frances', frances, other, `the channel ${other} and no group`),
    // The pool can reject such attributes, or clients can write none.
    ...(Object.keys(katherine.profile ?? {}).length === 0
      ? []
      : [ask('Katherine', katherine, other, `the channel ${other} in her attributes and no group`)]),
  ]);
}
