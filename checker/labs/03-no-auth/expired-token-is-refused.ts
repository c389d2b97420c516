import { check, type Judgement, type Subject } from '../../checking/check.ts';
import { forAMoment } from '../../checking/run.ts';
import { openRoom } from '../../observe/room.ts';
import { openUserPool } from '../../observe/user-pool.ts';
import { type Knocked, knock } from '../../probe/knock.ts';
import { guests } from '../../sign-in/guests.ts';
import { type KeptToken, keepToken, keptOf, keptToken } from '../../sign-in/kept-token.ts';
import { signInLongAgo } from '../../sign-in/long-ago.ts';
import { signIn } from '../../sign-in/sign-in.ts';
import { claimsOf } from '../../sign-in/tokens.ts';
import { docs } from '../docs.ts';
import { TOKEN_LIVES } from './contract.ts';
import { crashesInstead } from './findings.ts';
import { observeRefusals } from './observe-refusals.ts';
import { judgeRefusals, type Tried } from './refusals.ts';

type Kind = 'an expired token';

export type Observation =
  /** Tokens live longer than the contract allows: this many seconds. */
  | {
      readonly kind: 'lives too long';
      readonly token: 'ID' | 'access';
      readonly lives: number;
      readonly clientId: string;
      readonly client: string;
    }
  /**
   * A token that worked a moment ago still does, and another one of the same age doesn't: something caches the result.
   */
  | { readonly kind: 'remembered'; readonly tried: Tried<Kind> }
  /** No token is expired by any clock yet. One `expires` before the check can be made, at `until`. */
  | { readonly kind: 'waiting'; readonly expires: Date; readonly until: Date }
  | { readonly kind: 'tried'; readonly tried: Tried<Kind>; readonly minutes: number };

export const expiredTokenIsRefused = check<Observation>({
  id: 'expired-token-is-refused',
  title: 'Expired tokens are rejected',
  needs: ['forged-token-is-refused'],
  expected:
    'Somebody connects with an ID token that was valid but has expired, and is rejected with 401 or 403. ID and access tokens expire after five minutes.',
  async observe(subject) {
    const { ada } = await subject.once(guests);
    for (const token of ['ID', 'access'] as const) {
      const { iat, exp } = claimsOf(token === 'ID' ? ada.tokens.id : ada.tokens.access);
      if (exp - iat <= TOKEN_LIVES) continue;
      const { clientId, client } = await openUserPool(subject);
      return { kind: 'lives too long', token, lives: exp - iat, clientId, client };
    }
    const kept = await oldToken(subject);
    if (kept.expired.getTime() > Date.now()) {
      return { kind: 'waiting', expires: new Date(claimsOf(kept.token).exp * 1000), until: kept.expired };
    }
    const tried = await observeRefusals<Kind>(subject, [
      { kind: 'an expired token', token: kept.token, username: claimsOf(kept.token)['cognito:username'] },
    ]);
    const remembered = (await cameBefore(subject)) ?? (await comesAgain(subject, tried));
    if (remembered !== undefined) return { kind: 'remembered', tried: { ...tried, ...remembered } };
    const minutes = Math.floor((Date.now() / 1000 - claimsOf(kept.token).exp) / 60);
    return { kind: 'tried', tried, minutes };
  },
  judge(observation): Judgement {
    switch (observation.kind) {
      case 'waiting':
        return {
          outcome: 'pending',
          until: observation.until,
          reason: `This needs an expired token, and the checker has to wait for one. Its token is valid until ${inClock(observation.expires)}. Rooms are allowed a minute of clock skew, so the check can be made from ${inClock(observation.until)} on.`,
        };
      case 'lives too long': {
        const { token, lives, clientId, client } = observation;
        const can = token === 'ID' ? 'connect' : "change its user's account";
        return {
          outcome: 'failed',
          actual: `The ${token} tokens of the client ${clientId} live ${inMinutes(lives)}, but the contract says ${inMinutes(TOKEN_LIVES)}. Anyone who finds one in a history or a log can ${can} for that long.`,
          evidence: [{ source: 'InitiateAuth', about: clientId, lines: [`exp - iat = ${lives} s`] }],
          at: client,
          settled: true,
        };
      }
      case 'remembered':
        return judgeRefusals(observation.tried, {
          whyIn: () =>
            'Somebody connected with an expired token because they had already used it while it was valid: the room caches that it verified the token, but not when the token expires (`exp`).',
          allRefused: 'It was rejected',
        });
      case 'tried':
        return judgeRefusals(observation.tried, {
          whyIn: () =>
            `The room accepted a token that expired ${ago(observation.minutes)} ago: the room verifies the signature, but not the expiry (\`exp\`), or it allows for far more than clock skew. A leaked token stays usable long after its user has left.`,
          allRefused: `It expired ${ago(observation.minutes)} ago, and was rejected`,
        });
    }
  },
  hints: [
    'Somebody connected with a token from an old URL, long after its user had left.',
    'The claim `exp` says when a token expires, in seconds since 1970. Does your authorizer compare it with the current time?',
    "A token can't be revoked: anyone who has it can connect until it expires. So it lives five minutes, the page gets a new one each time it connects, and the room has to check the clock. An open socket stays open.",
    "aws-jwt-verify and jose verify the expiry unless you turn that off (a `clockTolerance` or `graceSeconds` of a few seconds is fine). In your own code, reject the token if `claims.exp <= Date.now() / 1000`. And leave the client's `idTokenValidity` and `accessTokenValidity`, `Duration.minutes(5)`, unchanged.",
  ],
  findings: [crashesInstead],
  docs: docs(
    '03-no-auth',
    'https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html',
  ),
});

/** Returns the oldest available token of the stack's pool and client. */
export async function oldToken(subject: Subject): Promise<KeptToken> {
  const { ada, client } = await subject.once(guests);
  const { id: token } = (await signInLongAgo(subject, client, ada.credentials)) ?? ada.tokens;
  await keepToken(subject, token);
  // Another command may have written the file at the same moment.
  return (await keptToken(subject, token)) ?? keptOf(token);
}

/** How long a token lives that is used twice, in milliseconds; longer each time if the second use came too late. */
const LIVES = [3_000, 9_000] as const;

/**
 * Connects Ada twice with a token, before and right after it expires, and once with another token that expires at the
 * same time. A room may allow for clock skew, but not for only one of the two. Undefined if it does not, or if no token
 * can be issued that expires so soon.
 */
async function cameBefore(subject: Subject): Promise<Knocked<Kind> | undefined> {
  const { ada, client } = await subject.once(guests);
  const { longAgo } = subject.target;
  if (longAgo === undefined) return undefined;
  const room = openRoom(subject);
  const comes = (token: string) =>
    knock<Kind>(subject, room.address, [{ kind: 'an expired token', token, username: ada.username }]);
  for (const lives of LIVES) {
    const [again = '', fresh = ''] = await longAgo(
      async (clients) => {
        const then = { target: { ...subject.target, clients } };
        const tokens = [await signIn(then, client, ada.credentials), await signIn(then, client, ada.credentials)];
        return tokens.map(({ id }) => id);
      },
      TOKEN_LIVES * 1000 - lives,
    );
    if ((await comes(again)).knocks[0]?.status !== 101) continue;
    const expiry = Math.max(...[again, fresh].map((token) => claimsOf(token).exp)) * 1000;
    await forAMoment(Math.max(0, expiry + 1_000 - Date.now()), subject.signal);
    const [other, same] = [await comes(fresh), await comes(again)];
    const isIn = ({ knocks }: Knocked<Kind>) => knocks[0]?.status === 101;
    return isIn(same) && !isIn(other) ? same : undefined;
  }
  return undefined;
}

/** How many functions may have seen the token while it was valid; one that caches it is enough. */
const AT_ONCE = 3;

/**
 * Connects Ada with the token that she used at an earlier check, a few minutes after it expired: the function that saw
 * it may still be running. Undefined if she is rejected, if she kept no token, or if the room admits other tokens of
 * that age.
 */
async function comesAgain(subject: Subject, { knocks }: Tried<Kind>): Promise<Knocked<Kind> | undefined> {
  const { ada } = await subject.once(guests);
  const kept = await keptToken(subject, ada.tokens.id, Date.now(), 'used');
  const isExpired = kept !== undefined && kept.expired.getTime() <= Date.now();
  if (!isExpired || knocks[0]?.status === 101) return undefined;
  const username = claimsOf(kept.token)['cognito:username'];
  const caller = { kind: 'an expired token' as const, token: kept.token, username };
  const { address } = openRoom(subject);
  const came = await Promise.all(Array.from({ length: AT_ONCE }, () => knock<Kind>(subject, address, [caller])));
  return came.find((each) => each.knocks[0]?.status === 101);
}

function ago(minutes: number): string {
  if (minutes >= 120) return `${Math.floor(minutes / 60)} hours`;
  return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}

function inClock(time: Date): string {
  return time.toLocaleTimeString('en-GB');
}

function inMinutes(seconds: number): string {
  return seconds % 60 === 0 ? `${seconds / 60} minutes` : `${seconds} seconds`;
}
