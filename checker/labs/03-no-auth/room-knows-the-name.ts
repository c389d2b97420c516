import { check, type Room, type Subject } from '../../checking/check.ts';
import { type Gate, observeGate, placeOfGate } from '../../observe/gate.ts';
import { isAnswer, marked } from '../../observe/marked.ts';
import { openRoom } from '../../observe/room.ts';
import { speakingKey } from '../../observe/route-selection.ts';
import { observeRoutes, type Throttle } from '../../observe/routes.ts';
import { answers } from '../../probe/frames.ts';
import { type Frame, RefusedError } from '../../probe/person.ts';
import { saying } from '../../probe/sayings.ts';
import { visit } from '../../probe/visit.ts';
import { visitorName } from '../../probe/visitor-name.ts';
import { guests } from '../../sign-in/guests.ts';
import { docs } from '../docs.ts';
import { atTheDoor, type NoCapacity, noCapacity, observeNoCapacity } from '../no-capacity.ts';
import { observeThrottle, turnedAway } from '../turned-away.ts';

export interface Observation {
  readonly room: Room;
  readonly gate: Gate;
  /** `cognito:username` of who came. */
  readonly username: string;
  /** What she said to be called, `?name=`. */
  readonly says: string;
  readonly refused?: number;
  /** How many the stage lets in, where she was turned away. */
  readonly throttle?: Throttle;
  /** A function that Lambda did not run, if something broke. */
  readonly noCapacity?: NoCapacity;
  /** What the room calls her; undefined where nothing of what she said came back. */
  readonly from?: unknown;
  /** What came back in place of what she said. */
  readonly answer?: string;
  readonly conversation: readonly string[];
}

export const roomKnowsTheName = check<Observation>({
  id: 'room-knows-the-name',
  title: 'The room knows people by the name they signed in with',
  needs: ['signed-in-user-comes-in'],
  expected:
    'Ada comes with her ID token, and says in the address to be somebody else. When she speaks, the room says that it was Ada (`cognito:username`).',
  async observe(subject) {
    const room = openRoom(subject);
    const { username, signIn } = (await subject.once(guests)).ada;
    const says = visitorName();
    const base = { room, gate: await observeGate(subject, room), username, says };
    const tokens = await signIn();
    const since = Date.now();
    const seen = await visit(subject, room.address, async ({ join, conversation }) => {
      try {
        const ada = await join('Ada', { token: tokens.id, username, says });
        const text = saying();
        ada.say({ action: 'sendmessage', text });
        const frame = await ada.hears(answers(text));
        const heard = frame?.fields.text === text ? { from: frame.fields.from ?? '' } : answerIn(frame);
        return { ...base, ...heard, conversation };
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        const { status: refused } = error;
        return { ...base, refused, ...(await observeThrottle(subject, room, refused)), conversation };
      }
    });
    return { ...seen, ...(await observeUnlucky(subject, seen, since)) };
  },
  judge({ room, gate, username, says, refused, throttle, noCapacity: none, from, answer, conversation }) {
    const evidence = [marked({ source: 'conversation', about: room.address, lines: conversation }, isAnswer)];
    const at = placeOfGate(room, gate);
    const failed = (actual: string) => ({ outcome: 'failed', actual, evidence, at }) as const;
    const away = turnedAway(refused, room, throttle);
    if (away !== undefined) return away;
    const unlucky = noCapacity(none);
    if (unlucky !== undefined) return unlucky;
    if (refused !== undefined) {
      return failed(
        `Ada came in with her ID token before; with the same token and another name in her address (\`?name=\`) she is refused: ${refused}. Who comes in is for the token to say, and for nothing else in the address.`,
      );
    }
    if (from === undefined && answer !== undefined)
      return failed(`Ada came in and spoke, and the room answered: ${answer}`);
    if (from === undefined) return failed('Ada came in and spoke, and what she said did not come back.');
    if (from === username) {
      return { outcome: 'passed', actual: `The room calls her ${username}.`, evidence, at: room.api };
    }
    if (typeof from === 'string' && from.startsWith(says)) {
      const fact = `The room calls her "${from}", which is only what she said of herself (\`?name=\`).`;
      return failed(`${fact} ${whoTookTheName(gate)}`);
    }
    return failed(`The room calls her "${from}", and she signed in as "${username}". ${whoNamedHer(gate)}`);
  },
  hints: [
    'People sign in, and in the room they are called whatever their address says, or nothing.',
    'The function behind $connect writes down the name it finds in `requestContext.authorizer.username`. Who puts it there?',
    "What an authorizer's answer has as `context` comes with every later event of the connection, as `requestContext.authorizer`. It is the only thing in the event that the client did not choose. `cognito:username` of the ID token is the name somebody signed in with; `sub` is a number that never changes, and nobody is called that.",
    `In the answer of the authorizer's function:

context: { username: claims['cognito:username'] },`,
  ],
  docs: docs(
    '03-no-auth',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html',
  ),
});

/** Looks for a function that Lambda did not run, if something broke. */
async function observeUnlucky(
  subject: Subject,
  { room, gate, refused = 0, answer }: Observation,
  since: number,
): Promise<{ noCapacity?: NoCapacity }> {
  if (refused >= 500) return observeNoCapacity(subject, room, atTheDoor(gate, { times: 1, admitted: 1, since }));
  if (answer !== 'Internal server error') return {};
  const key = speakingKey(room);
  const route = (await observeRoutes(subject, room)).find(({ routeKey }) => routeKey === key);
  return observeNoCapacity(subject, room, [
    { functionName: route?.integration?.functionName, by: key, times: 1, since },
  ]);
}

function answerIn(frame: Frame | undefined): { answer?: string } {
  return frame === undefined ? {} : { answer: String(frame.fields.message ?? frame.text) };
}

/** Both ways lead to the same name, and the room does not tell them apart. */
function whoTookTheName({ authorizer }: Gate): string {
  return authorizer === undefined
    ? 'The function behind $connect writes down the name of the address, and not `cognito:username` of the token.'
    : `Either the authorizer ${authorizer.name} hands on no name of its own (\`username\` in its context), or the function behind $connect takes the address's all the same.`;
}

function whoNamedHer({ authorizer }: Gate): string {
  return authorizer === undefined
    ? 'The function behind $connect writes down something else than `cognito:username` of the token.'
    : `Either the context of the authorizer ${authorizer.name} has another \`username\` than \`cognito:username\` of the token, or none, or the function behind $connect writes down something else.`;
}
