import { check, type Evidence, type Judgement, type Room } from '../../check.ts';
import { observeByHand, type PolicyByHand, takeOff } from '../../observe/by-hand.ts';
import { observeLog } from '../../observe/log.ts';
import { lastRefusal } from '../../observe/refusal.ts';
import { openRoom } from '../../observe/room.ts';
import { observeSender, type Sender } from '../../observe/sender.ts';
import { type Answer, simulate, simulated } from '../../observe/simulate.ts';
import { type Spoken, speak } from '../../probe/speak.ts';
import { docs } from '../docs.ts';
import { MANAGE_CONNECTIONS, posting } from './connections.ts';

export interface Observation {
  readonly room: Room;
  /** Where the route of speaking calls a function: how it is set up, and what its role may. */
  readonly sender?: Sender & {
    /** What IAM says of posting to a connection of this room. */
    readonly posting: Answer;
    /** The statement that lets it, as JSON would have it. */
    readonly needed: string;
    /** Roles of the stack that it may take on. */
    readonly mayBecome: readonly string[];
    readonly byHand: readonly PolicyByHand[];
  };
  /** The deed. */
  readonly spoken: Spoken;
  /** What the function printed, where nobody heard what was said. */
  readonly log?: Evidence;
}

export const senderMayPost = check<Observation>({
  id: 'sender-may-post',
  title: 'The function that speaks may post to the connections of the room',
  needs: ['room-is-deployed'],
  expected: `The role of the function behind \`sendmessage\` may ${MANAGE_CONNECTIONS} on this room's connections, and does.`,
  async observe(subject) {
    const room = openRoom(subject);
    const [spoken, sender] = await Promise.all([
      speak(subject, room.address, { count: false }),
      observeSender(subject, room),
    ]);
    if (sender === undefined) return { room, spoken };
    const where = { ...room, region: subject.target.region };
    const roles = subject.resources.filter(
      ({ type, physicalId }) => type === 'AWS::IAM::Role' && physicalId !== sender.roleName,
    );
    const roleArn = (name: string) => sender.roleArn.replace(/:role\/.*$/, `:role/${name}`);
    const [[answer], become, byHand] = await Promise.all([
      simulate(subject, sender, [posting(sender, where)]),
      simulate(
        subject,
        sender,
        roles.map(({ physicalId }) => ({ action: 'sts:AssumeRole', resource: roleArn(physicalId) })),
      ),
      observeByHand(subject, sender.roleName),
    ]);
    if (answer === undefined) throw new Error('IAM answered a simulation with nothing.');
    const { action, resource } = posting(sender, where, '*');
    const log =
      spoken.heard.listener > 0 ? undefined : await observeLog(subject, sender.functionName).catch(() => undefined);
    return {
      room,
      spoken,
      sender: {
        ...sender,
        posting: answer,
        needed: JSON.stringify({ Effect: 'Allow', Action: action, Resource: resource }),
        mayBecome: become.flatMap(({ decision, resource }) => (decision === 'allowed' ? resource : [])),
        byHand,
      },
      ...(log === undefined ? {} : { log }),
    };
  },
  judge(observation) {
    const { room, sender, spoken, log } = observation;
    const evidence = evidenceOf(observation);
    const at = sender?.logicalId ?? room.api;
    const failed = (actual: string): Judgement => ({ outcome: 'failed', actual, evidence, at });
    if (spoken.refused !== undefined) {
      return failed(`Nobody could come in: the handshake was answered with ${spoken.refused}.`);
    }
    if (sender === undefined) return failed('The API has no route sendmessage that calls a function.');
    const { roleName, functionName, posting, byHand } = sender;
    const heard = spoken.heard.listener > 0;
    if (heard && posting.decision === 'denied') return failed(borrowed(sender));
    if (heard) {
      const remarks = [
        ...(posting.decision === 'unknown' ? [`IAM could not confirm it: ${posting.why}.`] : []),
        ...(byHand.length === 0 ? [] : [attachedByHand(byHand)]),
      ];
      return {
        outcome: 'passed',
        actual: `The function posts as its role ${roleName}, which may.`,
        evidence,
        at,
        ...(remarks.length === 0 ? {} : { remark: remarks.join(' ') }),
      };
    }
    switch (posting.decision) {
      case 'unknown':
        return {
          outcome: 'inconclusive',
          reason: `Nobody heard what was said, and whether the role ${roleName} may ${MANAGE_CONNECTIONS} cannot be told: ${posting.why}.`,
          next: 'Let a role and an account be used that are free of it, or ask who is in charge of that policy.',
        };
      case 'denied':
        return failed(
          `The role ${roleName} of the function ${functionName} may not ${MANAGE_CONNECTIONS} on the connections of this room${posting.why === undefined ? '' : `: it is ${posting.why}`}.`,
        );
      case 'allowed':
        if (lastRefusal(log?.lines ?? [], MANAGE_CONNECTIONS) !== undefined) {
          return failed(
            `By its policies the role ${roleName} may post, but the function was refused: the change may still be spreading, or the function does not post as that role.`,
          );
        }
        return {
          outcome: 'passed',
          actual: `The role ${roleName} may post.`,
          evidence,
          at,
          remark: 'Nobody heard what was said all the same, and that has another reason.',
        };
    }
  },
  hints: [
    'Whoever speaks is told "Internal server error". API Gateway says so when the function behind the route failed; what failed, the function writes down elsewhere.',
    "Read the function's log: `npx lab check 02` shows the lines that matter. Which action was refused there, to whom, on what? Then look in labs/02-lambda-permissions/stack.ts for what that function is granted.",
    'A function runs as its role, and may do what the policies of the role allow. To post to a socket is a call to API Gateway like any other: the action execute-api:ManageConnections, on arn:aws:execute-api:<region>:<account>:<api>/<stage>/POST/@connections/<connection>. The CDK writes such a statement where a `grant…` method is called on what is to be used: here on the stage, or on the API.',
    `After the stage in stack.ts:

stage.grantManagementApiAccess(sendMessage);`,
  ],
  docs: docs(
    '02-lambda-permissions',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-control-access-iam.html',
  ),
});

/** The deed is done, and not as the role that was to do it. */
function borrowed({ roleName, keysIn, mayBecome }: NonNullable<Observation['sender']>): string {
  const fact = `People hear each other, but the role ${roleName} may not post`;
  if (keysIn.length > 0) {
    return `${fact}: the function uses somebody else's access keys, from its environment (${keysIn.join(', ')}). They do not end by themselves, and whoever may read the function's configuration has them.`;
  }
  if (mayBecome.length > 0) {
    const roles = mayBecome.map((arn) => arn.split('/').at(-1)).join(', ');
    return `${fact}: the function uses somebody else's credentials, for it may take on the role ${roles}. What it needs belongs to its own role.`;
  }
  return `${fact}: the function uses somebody else's credentials.`;
}

function attachedByHand(policies: readonly PolicyByHand[]): string {
  const names = policies.map(({ name }) => name).join(', ');
  return `${names}: in the account, not in the file: no deployment removes it, a fresh one lacks it, and destroying the stack will meet DeleteConflict. This takes it off: ${policies.map(takeOff).join(' && ')}`;
}

function evidenceOf({ room, sender, spoken, log }: Observation): Evidence[] {
  const conversation = { source: 'conversation', about: room.address, lines: spoken.conversation };
  if (sender === undefined) return [conversation];
  const asked = simulated(sender, [sender.posting]);
  if (spoken.heard.listener > 0) return [conversation, asked];
  const refusal = lastRefusal(log?.lines ?? [], MANAGE_CONNECTIONS);
  const grant = { source: 'missing grant', about: sender.roleArn, lines: [sender.needed] };
  return [
    conversation,
    ...(refusal === undefined || log === undefined
      ? log === undefined
        ? []
        : [log]
      : [
          { ...log, lines: [`AccessDenied: ${refusal.message}`] },
          { source: 'refused', about: refusal.caller, lines: [`${refusal.action} on ${refusal.resource}`] },
        ]),
    asked,
    ...(sender.posting.decision === 'denied' ? [grant] : []),
  ];
}
