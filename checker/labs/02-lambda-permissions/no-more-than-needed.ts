import { check, type Evidence, type Finding, type Judgement, type Place } from '../../checking/check.ts';
import { INVOKE } from '../../observe/other-functions.ts';
import { simulated } from '../../observe/simulate.ts';
import { docs } from '../docs.ts';
import * as findings from './findings.ts';
import { observeSenderRole, type SenderRole } from './sender-role.ts';
import { type About, aboutWhat, doubt, inWords, tooMuch } from './too-much.ts';

const FOUND: Readonly<Record<About, Finding | undefined>> = {
  'every api': findings.everyApi,
  'another api': findings.anotherApi,
  anything: undefined,
};

export const noMoreThanNeeded = check<SenderRole>({
  id: 'no-more-than-needed',
  title: 'The sending function has only the permissions it needs',
  needs: ['room-is-deployed'],
  expected:
    "The role's policies allow the function to post to this API's connections, to read and delete rows of the connections table, to write logs, metrics and traces, and nothing else. It has no access keys, and can't assume another role, change another function, or invoke a more privileged one.",
  observe: (subject) => observeSenderRole(subject),
  judge({
    room,
    sender,
    keyInCode,
    apart,
    read,
    excess,
    place,
    byHand,
    confirmed,
    noteworthy,
    trustedBy,
    reached,
    notAll,
  }) {
    if (sender === undefined) {
      return {
        outcome: 'failed',
        actual: 'The API has no route sendmessage that invokes a function.',
        evidence: [],
        at: room.api,
      };
    }
    const at = apart ?? sender.logicalId ?? room.api;
    const failed = (actual: string, evidence: readonly Evidence[], finding?: Finding, line?: Place): Judgement => ({
      outcome: 'failed',
      actual,
      evidence,
      at,
      place: line,
      waitsFor: 'IAM',
      finding,
    });
    if (excess.length > 0) {
      const answers = 'notAsked' in confirmed ? [] : [simulated(sender, confirmed)];
      const evidence = [{ source: 'role policies', about: sender.roleArn, lines: excess.map(inWords) }, ...answers];
      const actual = `${tooMuch(sender.roleName, apart !== undefined, excess)}${doubt(excess, confirmed)}${byHand === undefined ? '' : ` ${byHand}`}`;
      return failed(actual, evidence, FOUND[aboutWhat(excess)], place);
    }
    if (sender.keysIn.length > 0) {
      return failed(
        `The function has access keys in its environment (${sender.keysIn.join(', ')}), which give it all of their owner's permissions.`,
        [{ source: 'environment', lines: sender.keysIn.map((key) => `${key}: an access key`) }],
        findings.keys,
      );
    }
    if (keyInCode !== undefined) {
      return failed(
        "The function has an access key in its code, which gives it all of the owner's permissions. Anyone who can read the code has it.",
        [],
        findings.keys,
        keyInCode.place,
      );
    }
    if (trustedBy.length > 0) {
      const roles = trustedBy.map((arn) => arn.split('/').at(-1)).join(' or ');
      const lines = trustedBy.map((arn) => `trusts it: ${arn}`);
      return failed(
        `The role ${sender.roleName} can assume the role ${roles}, whose trust policy names it, and then has all of that role's permissions.`,
        [{ source: 'trust policies', about: sender.roleArn, lines }],
        findings.anotherRole,
      );
    }
    const tooFar = reached.filter(({ action, hasMore }) => hasMore || action !== INVOKE);
    const [first] = tooFar;
    if (first !== undefined) {
      const does = first.action === INVOKE ? 'invoke' : 'change';
      return failed(
        `The role ${sender.roleName} can ${does} the function ${first.name}, whose own policy allows ${first.action}${first.hasMore ? ', and which has more permissions' : ''}.`,
        [{ source: 'function policies', lines: tooFar.map(({ name, action }) => `${action} on ${name}`) }],
        findings.anotherFunction,
      );
    }
    const remarks = [
      ...noteworthy.map((what) => `The role can also ${what}. Sending doesn't need that.`),
      ...reached.map(({ name }) => `The role can invoke ${name}, which has no additional permissions.`),
      ...notAll.map((why) => `Not everything was checked: ${why}.`),
    ];
    return {
      outcome: 'passed',
      actual: `The policies of the role ${sender.roleName} allow what sending needs, and nothing else.`,
      byAbsence: true,
      evidence: [
        { source: 'role policies', about: sender.roleArn, lines: read },
        {
          source: 'not read',
          lines: [
            'service and resource control policies: they belong to the organization, and can only restrict',
            "policies of other resources than roles and functions, such as a table's: they can allow more",
          ],
        },
      ],
      at,
      ...(remarks.length === 0 ? {} : { remark: remarks.join(' ') }),
    };
  },
  hints: [
    'Messages arrive, but the function can do more than send them. Anyone who gets control of it has all of those permissions.',
    "The check names what is excessive: a policy and its statement, access keys, another role, or another function. Find where labs/02-lambda-permissions/stack.ts grants that. If it isn't there, somebody attached it manually in the account.",
    "A statement allows actions on resources. Least privilege limits both: one action, execute-api:ManageConnections, on one resource, the connections of this API. A `*` in either place, or a policy such as AdministratorAccess, allows far more. So do access keys in the function's environment and roles that it can assume, which its own policies don't show.",
    `Instead of the excessive grant, after the stage in stack.ts:

stage.grantManagementApiAccess(sendMessage);`,
  ],
  findings: [findings.everyApi, findings.anotherApi, findings.keys, findings.anotherRole, findings.anotherFunction],
  docs: docs(
    '02-lambda-permissions',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege',
  ),
});
