import type { Target } from '../aws/target.ts';
import { LabError } from '../failures/errors.ts';
import { observeStack } from '../observe/stack.ts';

/** The packages of the services that a step can call. They aren't bundled: a step can use any of their commands. */
const services = {
  iam: '@aws-sdk/client-iam',
  lambda: '@aws-sdk/client-lambda',
  apigateway: '@aws-sdk/client-apigatewayv2',
  cognito: '@aws-sdk/client-cognito-identity-provider',
  dynamodb: '@aws-sdk/client-dynamodb',
  logs: '@aws-sdk/client-cloudwatch-logs',
};

type Service = keyof typeof services;

/**
 * One call, as somebody could make it with the AWS CLI after the deployment; in JSON `{"iam": "PutRolePolicy", "input":
 * {…}}`. In its strings, `${SendMessage/ServiceRole}` is the physical id of that construct in the stack,
 * `${AWS::AccountId}` and `${AWS::Region}` are the account's, and `${CreateAuthorizer.AuthorizerId}` is from an earlier
 * step's answer. A policy document, an object with a Statement, is passed as a string, as AWS requires.
 */
export interface HandStep {
  readonly service: Service;
  /** `PutRolePolicy` */
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Reads the steps from a `.json` file beside the patches. Rejects if it isn't a list of them. */
export function parseSteps(text: string, name: string): HandStep[] {
  const listed: unknown = JSON.parse(text);
  const steps = Array.isArray(listed) ? listed.map(readStep) : [undefined];
  if (steps.every((step) => step !== undefined)) return steps;
  throw new LabError(`${name} is not a list of calls.`, 'Each is {"iam": "PutRolePolicy", "input": {…}}.');
}

function readStep(step: unknown): HandStep | undefined {
  if (typeof step !== 'object' || step === null) return undefined;
  const { input, ...call } = step as Readonly<Record<string, unknown>>;
  const [[service, operation] = []] = Object.entries(call);
  const isService = (name: string | undefined): name is Service => Object.hasOwn(services, name ?? '');
  if (!isService(service) || typeof operation !== 'string' || typeof input !== 'object' || input === null)
    return undefined;
  return { service, operation, input: { ...input } };
}

/** Makes the calls, in order, in an account in which the stack is deployed. */
export async function runByHand(target: Target, stackName: string, steps: readonly HandStep[]): Promise<void> {
  const { state, resources, paths } = await observeStack(target, stackName);
  const account = state.deployed ? (state.id.split(':')[4] ?? '') : '';
  const values = new Map([
    ['AWS::AccountId', account],
    ['AWS::Region', target.region],
  ]);
  for (const { logicalId, physicalId } of resources) {
    const path = paths
      .get(logicalId)
      ?.replace(/^[^/]+\//, '')
      .replace(/\/Resource$/, '');
    values.set(path ?? logicalId, physicalId);
  }
  const filled = (text: string) =>
    text.replace(/\$\{([^}]+)\}/g, (_, name: string) => {
      const value = values.get(name);
      if (value === undefined) throw new LabError(`The stack ${stackName} has no ${name}.`, "Use a construct's path.");
      return value;
    });
  for (const { service, operation, input } of steps) {
    const commands = (await import(services[service])) as Readonly<Record<string, AnyCommand | undefined>>;
    const Command = commands[`${operation}Command`];
    if (Command === undefined) throw new LabError(`${service} has no ${operation}.`, "Use the SDK's name of a call.");
    const entries = Object.entries(input).map(([key, value]) => [key, filledIn(value, filled)]);
    const client = (await target.clients[service]()) as unknown as AnyClient;
    const output = await client.send(new Command(Object.fromEntries(entries)));
    for (const [key, value] of Object.entries(output)) {
      if (typeof value === 'string') values.set(`${operation}.${key}`, value);
    }
  }
}

function filledIn(value: unknown, filled: (text: string) => string): unknown {
  if (typeof value === 'string') return filled(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => filledIn(item, filled));
  if ('Statement' in value) return filled(JSON.stringify(value));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filledIn(item, filled)]));
}

type AnyCommand = new (input: Readonly<Record<string, unknown>>) => object;

interface AnyClient {
  send(command: object): Promise<object>;
}
