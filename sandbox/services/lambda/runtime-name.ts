import type { Runtime } from '@aws-sdk/client-lambda';
import { UnsupportedError } from '../../calls/errors.ts';
import { invalid } from './function-name.ts';

/**
 * Runtimes with which functions can be created, including deprecated ones until AWS blocks them. It blocks new
 * functions with nodejs16.x, nodejs18.x and nodejs20.x on February 1, 2027, and updates on March 3, 2027: dates that it
 * has moved four times.
 */
const current: readonly Runtime[] = [
  ...(['nodejs16.x', 'nodejs18.x', 'nodejs20.x', 'nodejs22.x', 'nodejs24.x', 'nodejs26.x'] as const),
  ...(['python3.8', 'python3.9', 'python3.10', 'python3.11', 'python3.12', 'python3.13', 'python3.14'] as const),
  ...(['python3.15', 'ruby3.2', 'ruby3.3', 'ruby3.4', 'ruby4.0', 'dotnet6', 'dotnet8', 'dotnet10'] as const),
  ...(['java8.al2', 'java8.al2023', 'java11', 'java11.al2023', 'java17', 'java17.al2023', 'java21'] as const),
  ...(['java25', 'provided.al2', 'provided.al2023'] as const),
];

/** Runtimes whose "block function update" date has passed. */
const retired: readonly Runtime[] = [
  ...(['nodejs', 'nodejs4.3', 'nodejs4.3-edge', 'nodejs6.10', 'nodejs8.10', 'nodejs10.x', 'nodejs12.x'] as const),
  ...([
    'nodejs14.x',
    'python2.7',
    'python3.6',
    'python3.7',
    'ruby2.5',
    'ruby2.7',
    'go1.x',
    'java8',
    'provided',
  ] as const),
  ...(['dotnetcore1.0', 'dotnetcore2.0', 'dotnetcore2.1', 'dotnetcore3.1'] as const),
];

/**
 * Returns a runtime that is supported here. Throws as Lambda does if it doesn't exist or AWS has retired it, and
 * NotImplemented for languages that the practice account doesn't support
 * (https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html).
 */
export function requireRuntime(name: string): string {
  if ((retired as readonly string[]).includes(name)) {
    throw invalid(
      `The runtime parameter of ${name} is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.`,
    );
  }
  if (!(current as readonly string[]).includes(name)) {
    throw invalid(
      `Value ${name} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [${current.join(', ')}] or be a valid ARN`,
    );
  }
  if (!name.startsWith('nodejs')) throw new UnsupportedError(`the Lambda runtime ${name}`);
  return name;
}
