import { type AnyCheck, check, type Judgement, type Subject } from '../checking/check.ts';
import { doorClaims } from '../probe/door-claims.ts';
import { userName } from '../probe/visitor-name.ts';
import { addressOf } from '../sign-in/company.ts';
import { reworded } from '../sign-in/forge.ts';
import { guests } from '../sign-in/guests.ts';
import { shortName } from '../workshop/short-name.ts';
import { observeRefusals } from './03-no-auth/observe-refusals.ts';
import { judgeRefusals, type Tried } from './03-no-auth/refusals.ts';
import { type Observation as OfStranger, strangerIsRefused } from './03-no-auth/stranger-is-refused.ts';
import { placesReadIn } from './05-spoofed-sender/at-the-door.ts';
import { docs } from './docs.ts';

const FORGED = 'a token with another name in it';
const CLAIMING = "another such token and an employee's address in the URL";

type Kind = typeof FORGED | typeof CLAIMING;

export interface Observation {
  readonly stranger: OfStranger;
  /** Undefined if there's no token to forge one from: the checks that need one say why. */
  readonly forger?: Tried<Kind>;
}

/** Lab 3's repair still holds. The check is lab 3's, with a forged token, and with hints for somebody who undid it. */
export function strangersStayOut(lab: string): AnyCheck {
  const number = shortName(lab);
  return check<Observation>({
    ...strangerIsRefused,
    title: 'Strangers are still rejected',
    expected: 'Mallory connects without a token and with a forged one. The handshakes are rejected with 401 or 403.',
    async observe(subject) {
      const [stranger, forger] = await Promise.all([strangerIsRefused.observe(subject), observeForger(subject)]);
      return { stranger, forger };
    },
    judge({ stranger, forger }) {
      const judgement = strangerIsRefused.judge(stranger);
      if (judgement.outcome !== 'passed' || forger === undefined) return withoutFinding(judgement);
      const ofForger = judgeRefusals(forger, { whyIn: (kinds) => whyIn(kinds, forger), allRefused: '' });
      return ofForger.outcome === 'passed' ? judgement : withoutFinding(ofForger);
    },
    hints: [
      'Somebody without a valid token gets in again. The lab started with that repaired, so one of your changes broke it.',
      `\`npx lab diff ${number}\` shows what you changed. Look at the options of $connect and at the authorizer's function.`,
      "This lab's fault is somewhere else. A room stays secure only if no change undoes earlier repairs.",
      'How your files differ from the solution:',
    ],
    findings: [],
    docs: docs(lab, strangerIsRefused.docs.aws),
  });
}

function whyIn(kinds: readonly Kind[], { knocks }: Pick<Tried<Kind>, 'knocks'>): string {
  if (kinds.includes(FORGED)) return BELIEVES_TOKENS;
  // Throttled or crashed, the token alone says nothing.
  const isRejected = knocks.some(({ kind, status }) => kind === FORGED && (status === 401 || status === 403));
  return isRejected ? BELIEVES_THE_URL : BELIEVES_ONE_OF_THEM;
}

const BELIEVES_TOKENS = `Mallory changed the name in a token of Ada's and connected with it: the room reads the token's claims, but doesn't verify who signed it.`;
const BELIEVES_THE_URL = `Mallory connected with an invalid token and an employee's address in the URL, and got in: the room believes the address, which anyone can write there.`;
const BELIEVES_ONE_OF_THEM = `Mallory changed the name in a token of Ada's, connected with it and with an employee's address in the URL, and got in: the room believes the token without verifying who signed it, or the address, which anyone can write there.`;

/** Lab 3's findings point at its own files. */
function withoutFinding(judgement: Judgement): Judgement {
  if (judgement.outcome !== 'failed') return judgement;
  const { finding: _, ...more } = judgement;
  return more;
}

/** Parameters in which a room can look for an address, besides those that its handlers read. */
const OF_ADDRESSES = ['email', 'mail', 'address'];

/** Somebody changes the name in a token of Ada's, and connects with it, with and without an address in the URL. */
async function observeForger(subject: Subject): Promise<Observation['forger']> {
  const token = await subject.once(guests).then(
    async ({ ada }) => (await ada.signIn()).id,
    () => undefined,
  );
  if (token === undefined) return undefined;
  const username = userName('Mallory');
  const forged = { token: reworded(token, username), username };
  const own = placesReadIn(subject.sources()).flatMap(([kind, name]) => (kind === 'query' ? name : []));
  const claims = doorClaims({ query: [...OF_ADDRESSES, ...own], headers: [] }, () => addressOf(username));
  return observeRefusals<Kind>(subject, [
    { kind: FORGED, ...forged },
    { kind: CLAIMING, ...forged, claims },
  ]);
}
