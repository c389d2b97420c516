import { type AnyCheck, check, type Room, type StackState } from '../check.ts';
import { stackNameOf } from '../observe/subject.ts';
import { docs, fileOf } from './docs.ts';

interface Observation {
  readonly stackName: string;
  readonly stack: StackState;
  readonly room: Room | { readonly missing: string };
  /** Names of the stack's functions. */
  readonly functions: readonly string[];
}

/** The lab's stack is deployed, and has a room to come into. */
export function roomIsDeployed(lab: string): AnyCheck {
  const number = lab.slice(0, 2);
  return check<Observation>({
    id: 'room-is-deployed',
    title: 'The room is deployed',
    needs: [],
    expected: `The stack ${stackNameOf(lab)} is deployed, with an API, a stage to come in by, and its functions.`,
    async observe({ stackName, stack, room, resources }) {
      const functions = resources.filter(({ type }) => type === 'AWS::Lambda::Function');
      return { stackName, stack, room, functions: functions.map(({ physicalId }) => physicalId) };
    },
    judge({ stackName, stack, room, functions }) {
      if (!stack.deployed) {
        return {
          outcome: 'failed',
          actual: stack.reason,
          evidence: [describe(stackName, [stack.reason])],
          at: `/${stackName}`,
          settled: true,
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
      const undone = stack.status.startsWith('UPDATE_ROLLBACK');
      return {
        outcome: 'passed',
        actual: `The room is open at ${room.address}.`,
        evidence,
        at: room.api,
        ...(undone
          ? { remark: 'The last change of the stack failed and was undone: this is the room from before.' }
          : {}),
      };
    },
    hints: [
      `There is no room in the account yet: nobody can come in. \`npx lab deploy ${number}\` makes it.`,
      `What the account should have is written in ${fileOf(lab, 'stack.ts')}; it gets there by a deployment.`,
      'CloudFormation makes a stack as a whole or not at all: where the first deployment fails, everything is taken back, and the reason stands in the events of the stack.',
      `If \`npx lab deploy ${number}\` fails, read the first resource that it names; \`npx lab reset ${number}\` brings back the file as it was shipped.`,
    ],
    docs: docs(lab, 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html'),
  });
}

function describe(about: string, lines: readonly string[]) {
  return { source: 'DescribeStacks', about, lines };
}
