import { type Check, check, type Evidence, type Finding, type Judgement, type Room } from '../../checking/check.ts';
import { observeByHand, type PolicyByHand } from '../../observe/by-hand.ts';
import { untilLogged } from '../../observe/logged.ts';
import { isAnswer, marked } from '../../observe/marked.ts';
import { observeReadableLog } from '../../observe/readable-log.ts';
import { lastRefusal } from '../../observe/refusal.ts';
import { observeRolePolicies } from '../../observe/role-policies.ts';
import { openRoom } from '../../observe/room.ts';
import { observeSender, type Sender } from '../../observe/sender.ts';
import { type Decision, simulate, simulated } from '../../observe/simulate.ts';
import { observeTemplate } from '../../observe/template.ts';
import { type Spoken, speak } from '../../probe/speak.ts';
import { docs } from '../docs.ts';
import { type Door, doorIsShut, judgeDoor, observeDoor } from '../door.ts';
import { type Borrowing, borrowed, observeBorrowing } from './borrowing.ts';
import { MANAGE_CONNECTIONS, posting } from './connections.ts';
import { doneByHand, isByHand } from './done-by-hand.ts';
import * as findings from './findings.ts';
import { elsewhereIn, type NearMiss } from './near-miss.ts';
import { observeNearMiss } from './observe-near-miss.ts';

export interface Observation extends Door {
  readonly room: Room;
  /**
   * The function that the route `sendmessage` invokes, if there is one: its configuration and its role's permissions.
   */
  readonly sender?: Sender & {
    /** IAM's answer about posting to a connection of this room. */
    readonly posting: Decision;
    /** The statement that would allow it, as JSON. */
    readonly needed: string;
    /** Set if it posts although its role isn't allowed to. */
    readonly borrowing?: Borrowing;
    readonly byHand: readonly PolicyByHand[];
    /** If it is not allowed to post: whether the template grants some execute-api action anyway, to any principal. */
    readonly grantsBeside?: boolean;
    /** A change that was meant to be the grant, and why it isn't. */
    readonly nearMiss?: NearMiss;
    /** Whether the file contains the API's literal id. */
    readonly isLiteral?: boolean;
  };
  /** The message that was sent. */
  readonly spoken: Spoken;
  /** The function's log lines, if nobody got the message. */
  readonly log?: Evidence;
}

const shut = doorIsShut('02-lambda-permissions');

const ladder: Check<Observation>['hints'] = [
  `Everyone who sends a message gets "Internal server error". API Gateway sends that when the function behind the route fails. The function's log says what failed.`,
  "Read the function's log: `npx lab check 02` shows the lines that matter. Which action was denied, to whom, on which resource? Then find what labs/02-lambda-permissions/stack.ts grants that function.",
  "A function runs as its role, and can do what the role's policies allow. Posting to a socket is an AWS call like any other: the action execute-api:ManageConnections on arn:aws:execute-api:<region>:<account>:<api>/<stage>/POST/@connections/<connection>. The CDK writes such a statement when you call a `grant…` method on the resource to be used: here the stage, or the API.",
  `In stack.ts, after the stage, grant the function the missing permission:

stage.grantManagementApiAccess(sendMessage);`,
];

export const senderMayPost = check<Observation>({
  id: 'sender-may-post',
  title: "The sending function can post to the room's connections",
  needs: ['room-is-deployed'],
  expected: `The role of the function behind \`sendmessage\` is allowed ${MANAGE_CONNECTIONS} on this room's connections, and uses it.`,
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
    if (answer === undefined) throw new Error('IAM returned an empty simulation.');
    const isDenied = answer.decision === 'denied';
    const isBorrowed = spoken.heard.listener > 0 && isDenied;
    const policies = answer.decision !== 'allowed' ? await observeRolePolicies(subject, sender.roleName) : undefined;
    const borrowing =
      isBorrowed && policies !== undefined ? await observeBorrowing(subject, sender, policies) : undefined;
    const { action, resource } = posting(sender, where, '*');
    const template = await observeTemplate(subject);
    const grantsBeside = isDenied && !isBorrowed && /"execute-api:[\w*]+"/.test(template);
    const nearMiss =
      spoken.heard.listener > 0 || policies === undefined
        ? undefined
        : await observeNearMiss(subject, sender, policies, answer);
    const isLiteral = template.includes(room.apiId);
    const isUnheard = spoken.heard.listener === 0;
    // Only the log then says whether IAM denied it. On AWS, it comes late.
    if (isUnheard && answer.decision === 'allowed' && spoken.reply.kind === 'function failed')
      await untilLogged(subject, sender.functionName, since).catch(() => false);
    const log = isUnheard ? await observeReadableLog(subject, sender.functionName).catch(() => undefined) : undefined;
    return {
      room,
      spoken,
      sender: {
        ...sender,
        posting: answer,
        needed: JSON.stringify({ Effect: 'Allow', Action: action, Resource: resource }),
        borrowing,
        byHand,
        grantsBeside,
        nearMiss,
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
      place: sender?.nearMiss?.place,
    });
    const atDoor = judgeDoor({ ...observation, refused: spoken.refused }, evidence, shut);
    if (atDoor !== undefined) return atDoor;
    if (sender === undefined) return failed('The API has no route sendmessage that invokes a function.');
    const { roleName, functionName, posting, byHand } = sender;
    const heard = spoken.heard.listener > 0;
    if (heard && posting.decision === 'denied')
      return { ...failed(borrowed(sender, sender.borrowing)), finding: findings.borrowed };
    if (heard) {
      const remarks = [
        ...(posting.decision === 'unknown' ? [`IAM couldn't confirm it: ${posting.why}.`] : []),
        ...(byHand.length === 0 ? [] : [doneByHand(byHand)]),
        ...(sender.isLiteral === true
          ? [`stack.ts contains this API's id, ${room.apiId}. A fresh deployment gets another id.`]
          : []),
      ];
      return {
        outcome: 'passed',
        actual: `The function posts as its role ${roleName}, which is allowed to.`,
        evidence,
        at,
        ...(remarks.length === 0 ? {} : { remark: remarks.join(' ') }),
        ...(isByHand(posting, byHand) ? { byHand: true } : {}),
      };
    }
    switch (posting.decision) {
      case 'unknown':
        // The call itself was denied, so whatever it depended on did not hold.
        if (posting.open === 'context' && lastRefusal(log?.lines ?? [], MANAGE_CONNECTIONS) !== undefined) {
          return refused(
            `The role ${roleName} of the function ${functionName} isn't allowed ${MANAGE_CONNECTIONS} on the connections of this room.${missIn(sender)}`,
            findingOf(sender),
          );
        }
        return {
          outcome: 'inconclusive',
          reason: `Nobody got the message, and IAM can't say whether the role ${roleName} is allowed ${MANAGE_CONNECTIONS}: ${posting.why}.`,
          next:
            posting.open === 'context'
              ? "Run the command again in a minute: the function's log then shows whether the call was denied."
              : 'Use an account without it, or ask whoever manages that policy.',
        };
      case 'denied':
        // If a policy or a boundary denies it, a statement that comes close isn't the reason.
        return refused(
          `The role ${roleName} of the function ${functionName} isn't allowed ${MANAGE_CONNECTIONS} on the connections of this room${posting.why === undefined ? `.${missIn(sender)}` : `: it is ${posting.why}.`}`,
          findingOf(sender),
        );
      case 'allowed': {
        const refusal = lastRefusal(log?.lines ?? [], MANAGE_CONNECTIONS);
        const elsewhere = refusal && elsewhereIn(refusal.resource, posting);
        if (elsewhere !== undefined) {
          const actual = `The policies of the role ${roleName} allow posting to this room, but ${elsewhere}. That was denied.`;
          return { ...failed(actual), finding: findings.anotherAddress };
        }
        if (refusal !== undefined) {
          return refused(
            `The policies of the role ${roleName} allow posting, but the function was denied: the change may still be spreading, or the function doesn't post as that role.`,
            findings.spreading,
          );
        }
        return {
          outcome: 'passed',
          actual: `The role ${roleName} is allowed to post.`,
          evidence,
          at,
          remark: "Grace still didn't get the message, for another reason.",
        };
      }
    }
  },
  hints: ladder,
  findings: [
    findings.anotherStatement,
    findings.anotherResource,
    findings.resourcePolicy,
    findings.afterSynth,
    findings.denied,
    findings.borrowed,
    findings.spreading,
    findings.anotherAddress,
    shut,
  ],
  docs: docs(
    '02-lambda-permissions',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-control-access-iam.html',
  ),
});

/** Returns the change that comes close, as a further sentence. */
function missIn({ nearMiss }: NonNullable<Observation['sender']>): string {
  return nearMiss === undefined ? '' : ` ${nearMiss.said}`;
}

/** Hints for a role that is not allowed to post; the third one includes the finished statement. */
function findingOf({ posting, grantsBeside, nearMiss, needed }: NonNullable<Observation['sender']>): Finding {
  if (posting.decision === 'denied' && posting.why !== undefined) return findings.denied;
  const { id, hints } =
    nearMiss === undefined && grantsBeside !== true
      ? { id: 'not-granted', hints: ladder }
      : findings.missed[nearMiss?.of ?? 'statement'];
  return { id, hints: hints.map((hint, index) => (index === 2 ? `${hint}\n\nmissing grant ${needed}` : hint)) };
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
          { ...log, lines: [refusal.message] },
          { source: 'denied', about: refusal.caller, lines: [`${refusal.action} on ${refusal.resource}`] },
        ]),
    asked,
  ];
}
