import { type Check, check, type Evidence, type Room, type Subject } from '../checking/check.ts';
import { observeFunction } from '../observe/function.ts';
import { isAnswer, marked } from '../observe/marked.ts';
import { resourceNamed } from '../observe/physical-id.ts';
import { openRoom } from '../observe/room.ts';
import { speakingKey } from '../observe/route-selection.ts';
import { observeRoutes } from '../observe/routes.ts';
import { observeEnds } from '../observe/runs.ts';
import { type Reply, type Spoken, speak, type Tickets, type Trouble } from '../probe/speak.ts';
import { docs } from './docs.ts';
import { type Door, judgeDoor, observeDoor } from './door.ts';
import { observeNoCapacity } from './no-capacity.ts';

export interface Observation extends Door {
  readonly room: Room;
  readonly spoken: Spoken;
  /** The logical id of the function that speaks to the room, where the stack made it. */
  readonly speaks?: string;
  /** What the account tells of that function, where it failed. */
  readonly failure: readonly Evidence[];
  /** Whether the function ran until its time-out, after everybody had heard what was said. */
  readonly hung?: boolean;
}

/** What the labs make different of it. */
export interface TwoPeopleTalkOptions extends Pick<Check<Observation>, 'needs' | 'hints'> {
  /** The lab's id. */
  readonly lab: string;
  /** What people come with, if the room admits only people who signed in. */
  readonly tickets?: (subject: Subject) => Promise<Tickets>;
}

/** Somebody speaks, and everybody in the room hears it: what a user sees of the whole. */
export function twoPeopleTalk({ lab, needs, hints, tickets }: TwoPeopleTalkOptions): Check<Observation> {
  return check<Observation>({
    id: 'two-people-talk',
    title: 'What one says, everybody in the room hears',
    needs,
    expected:
      'Four people are in the room, one of them since long ago. Each says something, and everyone gets it once and nothing else.',
    async observe(subject) {
      const room = openRoom(subject);
      const since = Date.now();
      const signedIn = tickets === undefined ? {} : { tickets: await tickets(subject) };
      const [spoken, routes] = await Promise.all([
        speak(subject, room.address, { count: true, ...signedIn }),
        observeRoutes(subject, room),
      ]);
      const name = routes.find(({ routeKey }) => routeKey === speakingKey(room))?.integration?.functionName;
      const speaks = resourceNamed(subject.resources, 'AWS::Lambda::Function', name)?.logicalId;
      const failed = name !== undefined && spoken.refused === undefined && spoken.heard.listener === 0;
      return {
        room,
        spoken,
        speaks,
        failure: failed ? await observeFunction(subject, name) : [],
        ...(await observeDoor(subject, room, { ...spoken, since })),
        ...(isFailure(spoken)
          ? await observeNoCapacity(subject, room, [
              { functionName: name, by: speakingKey(room), times: timesSaid(spoken), since },
            ])
          : {}),
        ...(name !== undefined && whatIsWrong(spoken) === undefined ? await observeHanging(subject, name, since) : {}),
      };
    },
    judge(observation) {
      const { room, spoken, speaks, failure, hung } = observation;
      const conversation = { source: 'conversation', about: room.address, lines: spoken.conversation };
      const evidence = [marked(conversation, isAnswer), ...failure];
      const at = speaks === undefined ? {} : { at: speaks };
      const atDoor = judgeDoor({ ...observation, refused: spoken.refused }, evidence);
      if (atDoor !== undefined) return atDoor;
      const actual = whatIsWrong(spoken);
      if (actual !== undefined) return { outcome: 'failed', actual, evidence, ...at };
      if (hung === true) {
        const late =
          'Everyone heard what was said, but the function behind the route did not end after that: it ran until its time-out, and then API Gateway tells the speaker "Internal server error".';
        return { outcome: 'failed', actual: late, evidence, ...at };
      }
      return { outcome: 'passed', actual: 'Everyone got each message once.', evidence, ...at };
    },
    hints,
    docs: docs(
      lab,
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html',
    ),
  });
}

/** Looks whether what ran while people spoke has ended. What no log tells is left out. */
async function observeHanging(subject: Subject, functionName: string, since: number): Promise<{ hung?: boolean }> {
  const runs = await observeEnds(subject, functionName, since).catch(() => undefined);
  return runs !== undefined && (runs.timedOut > 0 || runs.ended < runs.started) ? { hung: true } : {};
}

/** Whether API Gateway said of some message that the function failed. */
function isFailure({ conversation }: Spoken): boolean {
  return conversation.some((line) => line.includes('"Internal server error"'));
}

function timesSaid({ conversation }: Spoken): number {
  return conversation.filter((line) => line.includes(' → ')).length;
}

function whatIsWrong({ reply, heard, others = {}, lacks, instead, counted, trouble }: Spoken): string | undefined {
  if (trouble?.kind === 'secret in a frame' || trouble?.kind === 'secret in a table') return inWords(trouble);
  if (instead !== undefined) return `Grace heard something else than what Ada said: ${instead}`;
  if (heard.listener === 0) return `Grace heard nothing of it. ${toAda(reply)}`;
  if (heard.speaker === 0) return 'Grace heard it, but Ada, who said it, did not.';
  const [deaf] = Object.entries(others).find(([, times]) => times === 0) ?? [];
  if (deaf !== undefined) return `Ada and Grace heard it, but ${withPast(deaf)} did not.`;
  if (heard.listener > 1) return `Grace heard it ${heard.listener} times.`;
  if (heard.speaker > 1) return `Ada heard what she said ${heard.speaker} times.`;
  const [twice, times] = Object.entries(others).find(([, each]) => each > 1) ?? [];
  if (twice !== undefined) return `${twice} heard it ${times} times.`;
  if (lacks !== undefined) {
    return `Everyone heard it, but a page cannot show it as it should: ${lacks}. docs/wire-format.md has what a message is.`;
  }
  if (trouble !== undefined) return inWords(trouble);
  if (!counted) return 'Everyone heard it, but not what was said after that.';
  return undefined;
}

function inWords(trouble: Trouble): string {
  switch (trouble.kind) {
    case 'told':
      return `Everyone heard what was said, and ${trouble.who} was told of an error all the same: ${trouble.text}`;
    case 'missed':
      return trouble.again
        ? `${withPast(trouble.who)} did not hear ${trouble.speaker} say the same thing again.`
        : `Everyone heard what Ada said, but ${withPast(trouble.who)} did not hear what ${trouble.speaker} said next.`;
    case 'heard twice':
      return `${trouble.who} heard ${trouble.times} times what ${trouble.speaker} said once.`;
    case 'closed':
      return `The room closed the connection of ${withPast(trouble.who)}, who had done nothing but talk.`;
    case 'secret in a frame':
      return `The room sent ${trouble.who} a token, a key or a password. Whoever sees one can use it.`;
    case 'secret in a table':
      return `The table ${trouble.table} has a token, a key or a password in it. Whoever can read the table can use it.`;
  }
}

/** Linus is the one whose row is old. */
function withPast(who: string): string {
  return who === 'Linus' ? 'Linus, who connected long before,' : who;
}

function toAda(reply: Reply): string {
  switch (reply.kind) {
    case 'message':
      return 'Ada heard what she said.';
    case 'silence':
      return 'Ada got no answer either: whatever went wrong, the function kept it to itself.';
    case 'function failed':
      return 'API Gateway told Ada "Internal server error": the function failed, or API Gateway may not invoke it.';
    default:
      return `Ada was told: ${reply.text}`;
  }
}
