import { randomUUID } from 'node:crypto';
import { check, type Room } from '../../check.ts';
import { openRoom } from '../../observe/room.ts';
import { RefusedError } from '../../probe/person.ts';
import { visit } from '../../probe/visit.ts';
import { guests } from '../../sign-in/guests.ts';
import { docs } from '../docs.ts';

export interface Observation {
  readonly room: Room;
  /** `cognito:username` of who came. */
  readonly username: string;
  /** What she said to be called, `?name=`. */
  readonly says: string;
  readonly refused?: number;
  /** What the room calls her; undefined where nothing of what she said came back. */
  readonly from?: unknown;
  readonly conversation: readonly string[];
}

const SAYS = 'Mallory';

export const roomKnowsTheName = check<Observation>({
  id: 'room-knows-the-name',
  title: 'The room knows people by the name they signed in with',
  needs: ['signed-in-user-comes-in'],
  expected:
    'Ada comes with her ID token, and says in the address to be Mallory. When she speaks, the room says that it was Ada (`cognito:username`).',
  async observe(subject) {
    const room = openRoom(subject);
    const { username, tokens } = (await subject.once(guests)).ada;
    const base = { room, username, says: SAYS };
    return visit(subject, room.address, async ({ join, conversation }) => {
      try {
        const ada = await join('Ada', { token: tokens.id, username, says: SAYS });
        const text = `hello ${randomUUID()}`;
        ada.say({ action: 'sendmessage', text });
        const frame = await ada.hears(({ fields }) => fields.text === text || fields.type !== 'message');
        const heard = frame?.fields.text === text ? { from: frame.fields.from ?? '' } : {};
        return { ...base, ...heard, conversation };
      } catch (error) {
        if (error instanceof RefusedError) return { ...base, refused: error.status, conversation };
        throw error;
      }
    });
  },
  judge({ room, username, says, refused, from, conversation }) {
    const evidence = [{ source: 'conversation', about: room.address, lines: conversation }];
    const failed = (actual: string) => ({ outcome: 'failed', actual, evidence, at: room.api }) as const;
    if (refused !== undefined) return failed(`Ada could not come in: the handshake was answered with ${refused}.`);
    if (from === undefined) return failed('Ada came in and spoke, and what she said did not come back.');
    if (from === username) {
      return { outcome: 'passed', actual: `The room calls her ${username}.`, evidence, at: room.api };
    }
    if (typeof from === 'string' && from.startsWith(says)) {
      return failed(
        `The room calls her "${from}", which is only what she said of herself (\`?name=\`): the authorizer hands on no name, \`username\` in its context.`,
      );
    }
    return failed(
      `The room calls her "${from}", and she signed in as "${username}": the authorizer's context has another \`username\` than \`cognito:username\` of the token.`,
    );
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
