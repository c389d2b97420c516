import {
  type Check,
  check,
  type Evidence,
  type Finding,
  type Judgement,
  type Room,
  type Subject,
} from '../../checking/check.ts';
import { observeByHand, type PolicyByHand } from '../../observe/by-hand.ts';
import { observeLog } from '../../observe/log.ts';
import { isAnswer, marked } from '../../observe/marked.ts';
import { observeReached } from '../../observe/other-functions.ts';
import { lastRefusal } from '../../observe/refusal.ts';
import { couldCall, observeRolePolicies, type RolePolicies } from '../../observe/role-policies.ts';
import { openRoom } from '../../observe/room.ts';
import { observeSender, type Sender } from '../../observe/sender.ts';
import { type Decision, simulate, simulated } from '../../observe/simulate.ts';
import { observeTemplate } from '../../observe/template.ts';
import { observeTrustedBy } from '../../observe/trusted-by.ts';
import { type Spoken, speak } from '../../probe/speak.ts';
import { docs } from '../docs.ts';
import { type Door, judgeDoor, observeDoor } from '../door.ts';
import { MANAGE_CONNECTIONS, posting } from './connections.ts';
import { doneByHand, isByHand } from './done-by-hand.ts';
import * as findings from './findings.ts';
import { grantedToOther } from './granted-to-other.ts';
import { nearMiss } from './near-miss.ts';

export interface Observation extends Door {
  readonly room: Room;
  /** Where the route of speaking calls a function: how it is set up, and what its role may. */
  readonly sender?: Sender & {
    /** What IAM says of posting to a connection of this room. */
    readonly posting: Decision;
    /** The statement that lets it, as JSON would have it. */
    readonly needed: string;
    /** Where it posts though its role may not: the roles of the stack that it may take on, by ARN. */
    readonly mayBecome: readonly string[];
    /** In that case also: the other functions of the stack that it may invoke, by name. */
    readonly mayInvoke: readonly string[];
    readonly byHand: readonly PolicyByHand[];
    /** If it is not allowed to post: whether the template grants something of execute-api all the same, to whomever. */
    readonly grantsBeside?: boolean;
    /** What comes near to a grant, and how it misses. */
    readonly nearMiss?: string;
    /** Whether the file has the API's id as it is in the account. */
    readonly isLiteral?: boolean;
  };
  /** The deed. */
  readonly spoken: Spoken;
  /** What the function printed, where nobody heard what was said. */
  readonly log?: Evidence;
}

const ladder: Check<Observation>['hints'] = [
  'Whoever speaks is told "Internal server error". API Gateway says so when the function behind the route failed; what failed, the function writes down elsewhere.',
  "Read the function's log: `npx lab check 02` shows the lines that matter. Which action was refused there, to whom, on what? Then look in labs/02-lambda-permissions/stack.ts for what that function is granted.",
  'A function runs as its role, and may do what the policies of the role allow. To post to a socket is a call to API Gateway like any other: the action execute-api:ManageConnections, on arn:aws:execute-api:<region>:<account>:<api>/<stage>/POST/@connections/<connection>. The CDK writes such a statement where a `grant…` method is called on what is to be used: here on the stage, or on the API.',
  `In stack.ts, after the stage, the function is granted what it lacks:

stage.grantManagementApiAccess(sendMessage);`,
];

export const senderMayPost = check<Observation>({
  id: 'sender-may-post',
  title: 'The function that speaks may post to the connections of the room',
  needs: ['room-is-deployed'],
  expected: `The role of the function behind \`sendmessage\` may ${MANAGE_CONNECTIONS} on this room's connections, and does.`,
  async observe(subject) {
    const room = openRoom(subject);
    const since = Date.now();
    const [spoken, sender] = await Promise.all([
      speak(subject, room.address, { count: false }),
      observeSender(subject, room),
    ]);
    const door = await observeDoor(subject, room, { ...spoken, since });
    if (sender === undefined) return { room, spoken, ...door };
    const where = { ...room, region: subject.target.region };
    const [[answer], byHand] = await Promise.all([
      simulate(subject, sender, [posting(sender, where)]),
      observeByHand(subject, sender.roleName),
    ]);
    if (answer === undefined) throw new Error('IAM answered a simulation with nothing.');
    const isDenied = answer.decision === 'denied';
    const isBorrowed = spoken.heard.listener > 0 && isDenied;
    const policies = answer.decision !== 'allowed' ? await observeRolePolicies(subject, sender.roleName) : undefined;
    const [mayBecome, mayInvoke] =
      isBorrowed && policies !== undefined
        ? await Promise.all([observeMayBecome(subject, sender, policies), observeMayInvoke(subject, sender, policies)])
        : [[], []];
    const { action, resource } = posting(sender, where, '*');
    const template = await observeTemplate(subject);
    const grantsBeside = isDenied && !isBorrowed && /"execute-api:[\w*]+"/.test(template);
    const missed =
      spoken.heard.listener > 0 || policies === undefined
        ? undefined
        : (nearMiss(policies, answer) ?? (isDenied ? await grantedToOther(subject, sender, answer) : undefined));
    const isLiteral = template.includes(room.apiId);
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
        ...(missed === undefined ? {} : { nearMiss: missed }),
        isLiteral,
      },
      log,
      ...door,
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
      finding,
    });
    const atDoor = judgeDoor({ ...observation, refused: spoken.refused }, evidence);
    if (atDoor !== undefined) return atDoor;
    if (sender === undefined) return failed('The API has no route sendmessage that calls a function.');
    const { roleName, functionName, posting, byHand } = sender;
    const heard = spoken.heard.listener > 0;
    if (heard && posting.decision === 'denied') return { ...failed(borrowed(sender)), finding: findings.borrowed };
    if (heard) {
      const remarks = [
        ...(posting.decision === 'unknown' ? [`IAM could not confirm it: ${posting.why}.`] : []),
        ...(byHand.length === 0 ? [] : [doneByHand(byHand)]),
        ...(sender.isLiteral === true
          ? [`stack.ts names this API by its id, ${room.apiId}: a fresh deployment gets another id.`]
          : []),
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
        // The call itself was refused, so whatever it depends on did not hold.
        if (posting.open === 'context' && lastRefusal(log?.lines ?? [], MANAGE_CONNECTIONS) !== undefined) {
          return refused(
            `The role ${roleName} of the function ${functionName} may not ${MANAGE_CONNECTIONS} on the connections of this room.${sender.nearMiss === undefined ? '' : ` ${sender.nearMiss}`}`,
            findingOf(sender),
          );
        }
        return {
          outcome: 'inconclusive',
          reason: `Nobody heard what was said, and whether the role ${roleName} may ${MANAGE_CONNECTIONS} cannot be told: ${posting.why}.`,
          next:
            posting.open === 'context'
              ? "Run the command again in a minute: the function's log then shows whether the call was refused."
              : 'Use an account that is free of it, or ask who is in charge of that policy.',
        };
      case 'denied':
        return refused(
          `The role ${roleName} of the function ${functionName} may not ${MANAGE_CONNECTIONS} on the connections of this room${posting.why === undefined ? '' : `: it is ${posting.why}`}.${sender.nearMiss === undefined ? '' : ` ${sender.nearMiss}`}`,
          findingOf(sender),
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
  hints: ladder,
  findings: [findings.anotherStatement, findings.denied, findings.borrowed, findings.spreading],
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

/** The ladder for a role that is not allowed to post: the finished statement comes with its third rung. */
function findingOf({ posting, grantsBeside, nearMiss, needed }: NonNullable<Observation['sender']>): Finding {
  if (posting.decision === 'denied' && posting.why !== undefined) return findings.denied;
  const isBeside = grantsBeside === true || nearMiss !== undefined;
  const { id, hints } = isBeside ? findings.anotherStatement : { id: 'not-granted', hints: ladder };
  return { id, hints: hints.map((hint, index) => (index === 2 ? `${hint}\n\nmissing grant ${needed}` : hint)) };
}

/** The roles that it can take on, by ARN: those of the stack that its policies name, and those that trust it. */
async function observeMayBecome(subject: Subject, sender: Sender, policies: RolePolicies): Promise<string[]> {
  const { roles } = await observeTrustedBy(subject, sender);
  const account = sender.roleArn.slice(0, sender.roleArn.indexOf(':role/'));
  const named = subject.resources.flatMap(({ type, physicalId }) => {
    const arn = `${account}:role/${physicalId}`;
    const isOther = type === 'AWS::IAM::Role' && physicalId !== sender.roleName;
    return isOther && couldCall(policies, sender.roleArn, 'sts:AssumeRole', arn) ? arn : [];
  });
  return [...new Set([...named, ...roles])];
}

async function observeMayInvoke(subject: Subject, sender: Sender, policies: RolePolicies): Promise<string[]> {
  const { functions } = await observeReached(subject, sender, policies);
  return functions.flatMap(({ name, action }) => (action === 'lambda:InvokeFunction' ? name : []));
}

function evidenceOf({ room, sender, spoken, log }: Observation): Evidence[] {
  const conversation = marked({ source: 'conversation', about: room.address, lines: spoken.conversation }, isAnswer);
  if (sender === undefined) return [conversation];
  const asked = simulated(sender, [sender.posting]);
  if (spoken.heard.listener > 0) return [conversation, asked];
  const refusal = lastRefusal(log?.lines ?? [], MANAGE_CONNECTIONS);
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
  ];
}
