import { LabError } from '../errors.ts';
import { observeStack } from '../observe/stack.ts';
import type { Target } from '../target/target.ts';

/**
 * One call to IAM, as somebody might make it by the AWS CLI after the deployment. In its texts, `${SendMessage/ServiceRole}`
 * is the physical id of that construct of the stack, and `${AWS::AccountId}` and `${AWS::Region}` are the account's.
 * A policy document may be given as an object.
 */
export interface HandStep {
  /** `PutRolePolicy` */
  readonly iam: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Reads the steps of a `.json` beside the patches. Rejects what is not a list of them. */
export function parseSteps(text: string, name: string): HandStep[] {
  const steps: unknown = JSON.parse(text);
  const isStep = (step: unknown): step is HandStep =>
    typeof step === 'object' && step !== null && 'iam' in step && typeof step.iam === 'string' && 'input' in step;
  if (Array.isArray(steps) && steps.every(isStep)) return steps;
  throw new LabError(`${name} is no list of calls.`, 'Each is {"iam": "PutRolePolicy", "input": {…}}.');
}

/** Makes the calls, in order, in an account where the stack is deployed. */
export async function runByHand(target: Target, stackName: string, steps: readonly HandStep[]): Promise<void> {
  const [{ state, resources, paths }, client, commands] = await Promise.all([
    observeStack(target, stackName),
    target.clients.iam(),
    import('@aws-sdk/client-iam') as Promise<unknown> as Promise<Record<string, IamCommand | undefined>>,
  ]);
  const account = state.deployed ? (state.id.split(':')[4] ?? '') : '';
  const values = new Map([
    ['AWS::AccountId', account],
    ['AWS::Region', target.region],
  ]);
  for (const { logicalId, physicalId } of resources) {
    const path = paths
      .get(logicalId)
      ?.replace(`${stackName}/`, '')
      .replace(/\/Resource$/, '');
    values.set(path ?? logicalId, physicalId);
  }
  const filled = (text: string) =>
    text.replace(/\$\{([^}]+)\}/g, (_, name: string) => {
      const value = values.get(name);
      if (value === undefined)
        throw new LabError(`The stack ${stackName} has no ${name}.`, 'Name a construct by its path.');
      return value;
    });
  for (const { iam, input } of steps) {
    const Command = commands[`${iam}Command`];
    if (Command === undefined) throw new LabError(`IAM has no ${iam}.`, 'Name a call as the SDK does.');
    const entries = Object.entries(input).map(([key, value]) => [
      key,
      filled(typeof value === 'string' ? value : JSON.stringify(value)),
    ]);
    await client.send(new Command(Object.fromEntries(entries)));
  }
}

type IamCommand = new (
  input: Readonly<Record<string, string>>,
) => Parameters<Awaited<ReturnType<Target['clients']['iam']>>['send']>[0];
