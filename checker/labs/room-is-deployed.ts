import { type AnyCheck, check, type Finding, type Room, type StackState } from '../checking/check.ts';
import { stackNameOf } from '../checking/subject.ts';
import { wasRolledBack } from '../observe/stack.ts';
import { observeSwitchedOff } from '../observe/switched-off.ts';
import { shortName } from '../workshop/short-name.ts';
import { docs, fileOf } from './docs.ts';

interface Observation {
  readonly stackName: string;
  readonly stack: StackState;
  readonly room: Room | { readonly missing: string };
  /** Functions that Lambda never runs. */
  readonly off: ReadonlyArray<{ readonly logicalId: string; readonly name: string }>;
  /** Names of the stack's functions. */
  readonly functions: readonly string[];
}

/** The lab's stack is deployed, and has a room to connect to. */
export function roomIsDeployed(lab: string): AnyCheck {
  const number = shortName(lab);
  return check<Observation>({
    id: 'room-is-deployed',
    title: 'The room is deployed',
    needs: [],
    expected: `The stack ${stackNameOf(lab)} is deployed, with an API, a stage, and its functions.`,
    async observe(subject) {
      const { stackName, stack, room, resources, locate } = subject;
      const functions = resources.filter(({ type }) => type === 'AWS::Lambda::Function');
      const switchedOff = 'missing' in room ? [] : await observeSwitchedOff(subject, room);
      const off = switchedOff.map(({ logicalId, physicalId }) => ({
        logicalId,
        name: locate(logicalId)?.construct?.split('/').slice(1).join('/') ?? physicalId,
      }));
      return { stackName, stack, room, functions: functions.map(({ physicalId }) => physicalId), off };
    },
    judge({ stackName, stack, room, functions, off }) {
      if (!stack.deployed) {
        const { reason, failed } = stack;
        return {
          outcome: 'failed',
          actual: reason,
          evidence: [describe(stackName, [reason])],
          at: failed?.at ?? `/${stackName}`,
          settled: true,
          finding: failed && (failed.isUndone ? neverCameUp(number) : halfUndone(number)),
        };
      }
      const evidence = [
        describe(stack.id, [
          `status: ${stack.status}`,
          ...('missing' in room ? [room.missing] : [`API: ${room.apiId}`, `stage: ${room.stageName}`, room.address]),
          `functions: ${functions.length === 0 ? 'none' : functions.join(', ')}`,
        ]),
      ];
      const at = `/${stackName}`;
      if ('missing' in room) return { outcome: 'failed', actual: room.missing, evidence, at };
      if (functions.length === 0)
        return { outcome: 'failed', actual: 'The stack has no Lambda function.', evidence, at };
      const [first] = off;
      if (first !== undefined) {
        return {
          outcome: 'failed',
          actual: `Lambda never runs ${off.map(({ name }) => `the function ${name}`).join(' and ')}: the reserved concurrency is 0 (\`reservedConcurrentExecutions\`).`,
          evidence: [
            ...evidence,
            {
              source: 'GetFunctionConcurrency',
              about: first.name,
              lines: ['ReservedConcurrentExecutions: 0'],
              marked: [0],
            },
          ],
          at: first.logicalId,
        };
      }
      const undone = wasRolledBack(stack);
      return {
        outcome: 'passed',
        actual: `The room is at ${room.address}.`,
        evidence,
        at: room.api,
        remark: undone ? "The stack's last update was rolled back: this is the room from before." : undefined,
      };
    },
    hints: [
      `There is no room in the account yet, so nobody can connect. \`npx lab deploy ${number}\` creates it.`,
      `${fileOf(lab, 'stack.ts')} describes what the account should have. A deployment creates it.`,
      "CloudFormation creates a stack completely or not at all. If the first deployment fails, everything is rolled back, and the stack's events have the reason.",
      `If \`npx lab deploy ${number}\` fails, look at the first resource that it names. \`npx lab reset ${number}\` restores the original file.`,
    ],
    findings: [neverCameUp(number), halfUndone(number)],
    docs: docs(lab, 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html'),
  });
}

/** The first deployment failed; the CDK CLI itself deletes what is left of such a stack before it deploys again. */
export function neverCameUp(number: string): Finding {
  return {
    id: 'never-came-up',
    hints: [
      "In the room's first deployment, one resource failed, and CloudFormation rolled back the others.",
      `\`npx lab check ${number}\` shows what failed: its name in stack.ts, the line that creates it, and the service's own reason.`,
      "CloudFormation creates a stack completely or not at all. The stack that is left is empty and can't be updated. The CDK deletes it before it deploys again.",
      `Repair the line that failed, or restore the original file with \`npx lab reset ${number}\`. Then \`npx lab deploy ${number}\`.`,
    ],
  };
}

/** And not even the rollback succeeded. */
export function halfUndone(number: string): Finding {
  const [, ...more] = neverCameUp(number).hints;
  return {
    id: 'half-undone',
    hints: [
      "The room's first deployment failed, and some of its resources are still in the account.",
      ...more.slice(0, 1),
      "CloudFormation couldn't roll back everything. A stack in this state can only be deleted.",
      `Delete the stack with \`npx lab destroy ${number}\`, repair the line that failed, then \`npx lab deploy ${number}\`.`,
    ],
  };
}

function describe(about: string, lines: readonly string[]) {
  return { source: 'DescribeStacks', about, lines };
}
