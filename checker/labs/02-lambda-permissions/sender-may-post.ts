import { check, type Evidence, type Finding, type Judgement, type Room, type Subject } from '../../checking/check.ts';
import { observeByHand, type PolicyByHand } from '../../observe/by-hand.ts';
import { observeLog } from '../../observe/log.ts';
import { isAnswer, marked } from '../../observe/marked.ts';
import { observeMayBecome } from '../../observe/may-become.ts';
import { lastRefusal } from '../../observe/refusal.ts';
import { openRoom } from '../../observe/room.ts';
import type { Throttle } from '../../observe/routes.ts';
import { observeSender, type Sender } from '../../observe/sender.ts';
import { type Answer, simulate, simulated } from '../../observe/simulate.ts';
import { observeTemplate } from '../../observe/template.ts';
import { type Spoken, speak } from '../../probe/speak.ts';
import { docs } from '../docs.ts';
import { observeThrottle, turnedAway } from '../turned-away.ts';
import { MANAGE_CONNECTIONS, posting } from './connections.ts';
import { doneByHand, isByHand } from './done-by-hand.ts';
import * as findings from './findings.ts';

export interface Observation {
  readonly room: Room;
  /** Where the route of speaking calls a function: how it is set up, and what its role may. */
  readonly sender?: Sender & {
    /** What IAM says of posting to a connection of this room. */
    readonly posting: Answer;
    /** The statement that lets it, as JSON would have it. */
    readonly needed: string;
    /** Where it posts though its role may not: the roles of the stack that it may take on, by ARN. */
    readonly mayBecome: readonly string[];
    /** In that case also: the other functions of the stack that it may invoke, by name. */
    readonly mayInvoke: readonly string[];
    readonly byHand: readonly PolicyByHand[];
    /** Where it may not post: whether the template grants something of execute-api all the same, to whomever. */
    readonly grantsBeside?: boolean;
  };
  /** The deed. */
  readonly spoken: Spoken;
  /** What the function printed, where nobody heard what was said. */
  readonly log?: Evidence;
  /** How many the stage lets in, where somebody was turned away. */
  readonly throttle?: Throttle;
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
    const throttle = await observeThrottle(subject, room, spoken.refused);
    if (sender === undefined) return { room, spoken, ...throttle };
    const where = { ...room, region: subject.target.region };
    const [[answer], byHand] = await Promise.all([
      simulate(subject, sender, [posting(sender, where)]),
      observeByHand(subject, sender.roleName),
    ]);
    if (answer === undefined) throw new Error('IAM answered a simulation with nothing.');
    const isBorrowed = spoken.heard.listener > 0 && answer.decision === 'denied';
    const [mayBecome, mayInvoke] = isBorrowed
      ? await Promise.all([observeMayBecome(subject, sender), observeMayInvoke(subject, sender)])
      : [[], []];
    const { action, resource } = posting(sender, where, '*');
    const grantsBeside =
      answer.decision === 'denied' && !isBorrowed && /"execute-api:[\w*]+"/.test(await observeTemplate(subject));
    const log =
      spoken.heard.listener > 0 ? undefined : await observeLog(subject, sender.functionName).catch(() => undefined);
    return {
      room,
      spoken,
      sender: {
        ...sender,
        posting: answer,
        needed: JSON.stringify({ Effect: 'Allow', Action: action, Resource: resource }),
        mayBecome,
        mayInvoke,
        byHand,
        grantsBeside,
      },
      ...(log === undefined ? {} : { log }),
      ...throttle,
    };
  },
  judge(observation) {
    const { room, sender, spoken, log } = observation;
    const evidence = evidenceOf(observation);
    const at = sender?.logicalId ?? room.api;
    const failed = (actual: string) => ({ outcome: 'failed', actual, evidence, at }) as const;
    const refused = (actual: string, finding: Finding | undefined): Judgement => ({
      outcome: 'failed',
      actual,
      evidence,
      at,
      waitsFor: 'IAM',
      ...(finding === undefined ? {} : { finding }),
    });
    const away = turnedAway(spoken.refused, room, observation.throttle);
    if (away !== undefined) return away;
    if (spoken.refused !== undefined) {
      return failed(`Nobody could come in: the handshake was answered with ${spoken.refused}.`);
    }
    if (sender === undefined) return failed('The API has no route sendmessage that calls a function.');
    const { roleName, functionName, posting, byHand } = sender;
    const heard = spoken.heard.listener > 0;
    if (heard && posting.decision === 'denied') return { ...failed(borrowed(sender)), finding: findings.borrowed };
    if (heard) {
      const remarks = [
        ...(posting.decision === 'unknown' ? [`IAM could not confirm it: ${posting.why}.`] : []),
        ...(byHand.length === 0 ? [] : [doneByHand(byHand)]),
      ];
      return {
        outcome: 'passed',
        actual: `The function posts as its role ${roleName}, which may.`,
        evidence,
        at,
        ...(remarks.length === 0 ? {} : { remark: remarks.join(' ') }),
        ...(isByHand(posting, byHand) ? { byHand: true } : {}),
      };
    }
    switch (posting.decision) {
      case 'unknown':
        return {
          outcome: 'inconclusive',
          reason: `Nobody heard what was said, and whether the role ${roleName} may ${MANAGE_CONNECTIONS} cannot be told: ${posting.why}.`,
          next:
            posting.open === 'context'
              ? 'Write the statement without that condition, or see in the log of the function whether the call itself was refused.'
              : 'Use an account that is free of it, or ask who is in charge of that policy.',
        };
      case 'denied':
        return refused(
          `The role ${roleName} of the function ${functionName} may not ${MANAGE_CONNECTIONS} on the connections of this room${posting.why === undefined ? '' : `: it is ${posting.why}`}.`,
          posting.why !== undefined
            ? findings.denied
            : sender.grantsBeside === true
              ? findings.anotherStatement
              : undefined,
        );
      case 'allowed':
        if (lastRefusal(log?.lines ?? [], MANAGE_CONNECTIONS) !== undefined) {
          return refused(
            `By its policies the role ${roleName} may post, but the function was refused: the change may still be spreading, or the function does not post as that role.`,
            findings.spreading,
          );
        }
        return {
          outcome: 'passed',
          actual: `The role ${roleName} may post.`,
          evidence,
          at,
          remark: 'What was said did not reach Grace all the same, and that has another reason.',
        };
    }
  },
  hints: [
    'Whoever speaks is told "Internal server error". API Gateway says so when the function behind the route failed; what failed, the function writes down elsewhere.',
    "Read the function's log: `npx lab check 02` shows the lines that matter. Which action was refused there, to whom, on what? Then look in labs/02-lambda-permissions/stack.ts for what that function is granted.",
    'A function runs as its role, and may do what the policies of the role allow. To post to a socket is a call to API Gateway like any other: the action execute-api:ManageConnections, on arn:aws:execute-api:<region>:<account>:<api>/<stage>/POST/@connections/<connection>. The CDK writes such a statement where a `grant…` method is called on what is to be used: here on the stage, or on the API.',
    `In stack.ts, after the stage, the function is granted what it lacks:

stage.grantManagementApiAccess(sendMessage);`,
  ],
  docs: docs(
    '02-lambda-permissions',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-control-access-iam.html',
  ),
});

/** The deed is done, and not as the role that was to do it. */
function borrowed({ roleName, keysIn, mayBecome, mayInvoke }: NonNullable<Observation['sender']>): string {
  const fact = `People hear each other, but the role ${roleName} may not post`;
  if (keysIn.length > 0) {
    return `${fact}: the function uses somebody else's access keys, from its environment (${keysIn.join(', ')}). They do not end by themselves, and whoever may read the function's configuration has them.`;
  }
  if (mayBecome.length > 0) {
    const roles = mayBecome.map((arn) => arn.split('/').at(-1)).join(', ');
    return `${fact}: the function uses somebody else's credentials, for it may take on the role ${roles}. What it needs belongs to its own role.`;
  }
  if (mayInvoke.length > 0) {
    return `${fact}: it leaves that to somebody else's credentials, for it may invoke ${mayInvoke.join(', ')}. Who speaks to the room is to post, as its own role.`;
  }
  return `${fact}: the function uses somebody else's credentials. They are not in its environment: look for them in its code, and in what its code reads.`;
}

async function observeMayInvoke(subject: Pick<Subject, 'target' | 'resources'>, sender: Sender): Promise<string[]> {
  const arnOf = (name: string) => `${sender.functionArn.split(':').slice(0, 6).join(':')}:${name}`;
  const others = subject.resources.flatMap(({ type, physicalId }) =>
    type === 'AWS::Lambda::Function' && physicalId !== sender.functionName ? physicalId : [],
  );
  const probes = others.map((name) => ({ action: 'lambda:InvokeFunction', resource: arnOf(name) }));
  const answers = await simulate(subject, sender, probes);
  return others.filter((name) =>
    answers.some(({ decision, resource }) => decision === 'allowed' && resource === arnOf(name)),
  );
}

function evidenceOf({ room, sender, spoken, log }: Observation): Evidence[] {
  const conversation = marked({ source: 'conversation', about: room.address, lines: spoken.conversation }, isAnswer);
  if (sender === undefined) return [conversation];
  const asked = simulated(sender, [sender.posting]);
  if (spoken.heard.listener > 0) return [conversation, asked];
  const refusal = lastRefusal(log?.lines ?? [], MANAGE_CONNECTIONS);
  const grant = { source: 'missing grant', about: sender.roleArn, lines: [sender.needed], marked: [0] };
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
    // What something denies, no grant lets it do.
    ...(sender.posting.decision === 'denied' && sender.posting.why === undefined ? [grant] : []),
  ];
}
