import {
  check,
  type Evidence,
  type Finding,
  type Judgement,
  type Room,
  type StackResource,
  type Subject,
} from '../../checking/check.ts';
import { observeMayBecome } from '../../observe/may-become.ts';
import { observeNamedResources } from '../../observe/named-resources.ts';
import { openRoom } from '../../observe/room.ts';
import { observeSender, type Sender } from '../../observe/sender.ts';
import { type Answer, simulate, simulated } from '../../observe/simulate.ts';
import { docs } from '../docs.ts';
import { MANAGE_CONNECTIONS } from './connections.ts';
import * as findings from './findings.ts';
import { callingIt, type NamedProbe, probesOf, probesOfNamed, probesOfOwn } from './probes.ts';

type NamedAnswer = Answer & Partial<Pick<NamedProbe, 'pattern'>>;

export interface Observation {
  readonly room: Room;
  /** The function that speaks, with what IAM says of each probe; undefined where the route calls none. */
  readonly sender?: Pick<Sender, 'logicalId' | 'roleArn' | 'roleName' | 'keysIn'>;
  /** The logical id of the role, where the file makes it apart from the function. */
  readonly apart?: string;
  readonly answers: readonly Answer[];
  /** The same of what the role's policies name: what is none of the room's, and what would make something else of it. */
  readonly named?: readonly NamedAnswer[];
  /** What IAM says of calling this API, which posting does not need, and which is nobody's loss either. */
  readonly calling?: Answer;
  /** Roles of the stack that it may take on, by ARN. */
  readonly mayBecome: readonly string[];
}

export const noMoreThanNeeded = check<Observation>({
  id: 'no-more-than-needed',
  title: 'The function that speaks may no more than it needs',
  needs: ['room-is-deployed'],
  expected:
    "The function's role is denied what speaking does not need: the connections of other APIs, other tables, deleting a table, and a handful of calls to IAM, STS, S3, Lambda and others. It has no keys, and no other role to take on.",
  async observe(subject) {
    const room = openRoom(subject);
    const sender = await observeSender(subject, room);
    if (sender === undefined) return { room, answers: [], mayBecome: [] };
    const role = subject.resources.find(
      ({ type, physicalId }) => type === 'AWS::IAM::Role' && physicalId === sender.roleName,
    );
    const place = { sender, room, region: subject.target.region };
    const probes = probesOf(place, subject.resources);
    const { own, others } = await observeNamedResources(subject, sender);
    const ofNamed = [...probesOfOwn(own), ...probesOfNamed(place, others)];
    const patterns = new Map(ofNamed.map(({ resource, pattern }) => [resource, pattern]));
    const asNamed = (answer: Answer) => ({ ...answer, pattern: patterns.get(answer.resource) ?? answer.resource });
    const [answers, named, mayBecome] = await Promise.all([
      simulate(subject, sender, [...probes, callingIt(place)]),
      ofNamed.length === 0 ? [] : simulate(subject, sender, ofNamed).then((all) => all.map(asNamed)),
      observeMayBecome(subject, sender),
    ]);
    const calling = answers.pop();
    return {
      room,
      sender,
      ...(role === undefined || isMadeWith(sender, role, subject) ? {} : { apart: role.logicalId }),
      answers,
      named,
      ...(calling === undefined ? {} : { calling }),
      mayBecome,
    };
  },
  judge({ room, sender, apart, answers, named = [], calling, mayBecome }) {
    if (sender === undefined) {
      return {
        outcome: 'failed',
        actual: 'The API has no route sendmessage that calls a function.',
        evidence: [],
        at: room.api,
      };
    }
    const allowed = answers.filter((answer) => answer.decision === 'allowed');
    const unknown = answers.filter((answer) => answer.decision === 'unknown');
    const at = apart ?? sender.logicalId ?? room.api;
    const failed = (actual: string, shown: Evidence, finding?: Finding): Judgement => ({
      outcome: 'failed',
      actual,
      evidence: [shown],
      at,
      waitsFor: 'IAM',
      ...(finding === undefined ? {} : { finding }),
    });
    if (allowed.length > 0) {
      const finding = allowed.every(({ action }) => action === MANAGE_CONNECTIONS) ? findings.everyApi : undefined;
      const actual = tooMuch(sender.roleName, apart !== undefined, allowed, answers.length);
      return failed(actual, simulated(sender, allowed), finding);
    }
    const besides = named.filter((answer) => answer.decision === 'allowed');
    const [beside] = besides;
    if (beside !== undefined) {
      return failed(tooMuchOn(sender.roleName, beside, besides.length), simulated(sender, besides));
    }
    if (sender.keysIn.length > 0) {
      return failed(
        `The function has access keys in its environment (${sender.keysIn.join(', ')}), and with them it may do whatever their owner may.`,
        { source: 'environment', lines: sender.keysIn.map((key) => `${key}: an access key`) },
        findings.keys,
      );
    }
    if (mayBecome.length > 0) {
      const roles = mayBecome.map((arn) => arn.split('/').at(-1)).join(' or ');
      const lines = mayBecome.map((arn) => `allowed: ${arn}`);
      return failed(
        `The role ${sender.roleName} may take on the role ${roles}, and then do whatever that one may.`,
        { source: 'sts:AssumeRole', about: sender.roleArn, lines },
        findings.anotherRole,
      );
    }
    // What the organization denies cannot be done, whoever allows it; what hangs on a call may be done by one.
    const hanging = [...answers, ...named].filter(hangsOnCall)[0];
    const [first] = unknown;
    if (hanging !== undefined || unknown.length === answers.length) {
      return {
        outcome: 'inconclusive',
        reason: `Whether the role ${sender.roleName} may no more than it needs cannot be told: ${inQuestion(hanging ?? first)}.`,
        next: 'Write the statement without that condition, or check in an account that is free of that policy.',
      };
    }
    const remarks = [
      ...(first === undefined ? [] : [`${unknown.length} of ${answers.length} could not be told: ${first.why}.`]),
      ...(calling?.decision === 'allowed'
        ? [`It may also ${calling.action} on this API, which posting does not need: ${MANAGE_CONNECTIONS} is enough.`]
        : []),
    ];
    return {
      outcome: 'passed',
      actual: `The role ${sender.roleName} is denied all that was tried.`,
      evidence: [simulated(sender, answers)],
      at,
      ...(remarks.length === 0 ? {} : { remark: remarks.join(' ') }),
    };
  },
  hints: [
    'People hear each other, and the function could do more than speak to them. Whoever finds a way to make it do what they want has all of that.',
    'The check names what is too much: calls that it tried and was allowed, with the policy that allows them, or keys, or another role. Find where labs/02-lambda-permissions/stack.ts gives that to the function. If it is not there, somebody gave it by hand in the account.',
    'A statement allows actions on resources. Least privilege is both: the one action, execute-api:ManageConnections, and the one resource, the connections of this API. A `*` in either place, or a policy such as AdministratorAccess, allows what nobody asked for; keys and other roles do so without saying what.',
    `In place of what is too much, after the stage in stack.ts:

stage.grantManagementApiAccess(sendMessage);`,
  ],
  docs: docs(
    '02-lambda-permissions',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege',
  ),
});

/** Whether it is told only by what a real call has. */
function hangsOnCall(answer: Answer): answer is Extract<Answer, { decision: 'unknown' }> {
  return answer.decision === 'unknown' && answer.open === 'context';
}

function inQuestion(answer: Extract<Answer, { decision: 'unknown' }> | undefined): string {
  return answer === undefined ? 'IAM gave no answer' : `of ${answer.action}, ${answer.why}`;
}

type Allowed = Extract<Answer, { decision: 'allowed' }>;

function tooMuch(roleName: string, apart: boolean, allowed: readonly Allowed[], tried: number): string {
  const through = [...new Set(allowed.flatMap(({ by }) => by))].join(', ');
  const by = through === '' ? '' : `, through ${through}`;
  if (allowed.length === tried) {
    return apart
      ? `The function runs as ${roleName}, a role that may do everything that was tried${by}.`
      : `The role ${roleName} may do everything that was tried${by}.`;
  }
  // That it may post comes last: it is to, if only here.
  const isPosting = ({ action }: Allowed) => action === MANAGE_CONNECTIONS;
  const ordered = [...allowed.filter((each) => !isPosting(each)), ...allowed.filter(isPosting)];
  const actions = [...new Set(ordered.map(({ action }) => action))];
  if (actions.every((action) => action === MANAGE_CONNECTIONS)) {
    return `The role ${roleName} may post to the connections of every API, not of this one only${by}.`;
  }
  if (actions.every((action) => action.startsWith('execute-api:'))) {
    return `The role ${roleName} may do more than post, and to every API: ${actions.join(', ')}${by}.`;
  }
  return `The role ${roleName} may more than it needs: ${listed(actions)}${by}.`;
}

/** What a policy names may be one thing, and nobody meant it: an ARN that was copied. */
function tooMuchOn(
  roleName: string,
  { action, resource, pattern = resource, by }: Extract<NamedAnswer, { decision: 'allowed' }>,
  count: number,
): string {
  const what = action === MANAGE_CONNECTIONS ? 'post to the connections of another API too' : 'more than it needs';
  const more = count === 1 ? '' : ` and ${count - 1} more`;
  return `The role ${roleName} may ${what}: ${action} on ${pattern}${more}${by.length === 0 ? '' : `, through ${by.join(', ')}`}.`;
}

function listed([first = '', second, ...more]: readonly string[]): string {
  if (second === undefined) return first;
  return more.length === 0 ? `${first} and ${second}` : `${first}, ${second} and ${more.length} more`;
}

/** Whether the CDK made the role inside of the function, where none was named. */
function isMadeWith({ logicalId }: Sender, role: StackResource, { locate }: Pick<Subject, 'locate'>): boolean {
  const [made, maker] = [locate(role.logicalId), logicalId === undefined ? undefined : locate(logicalId)];
  return maker?.construct !== undefined && made?.construct?.startsWith(`${maker.construct}/`) === true;
}
