import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { vi } from 'vitest';

/** Returns a client whose commands, by the names of their classes, have these answers to their inputs. */
export function answeringClient(answers: Readonly<Record<string, (input: never) => unknown>>): DynamoDBClient {
  const client = new DynamoDBClient({ region: 'us-east-1' });
  const send = async ({ constructor: { name }, input }: { constructor: { name: string }; input: never }) =>
    answers[name]?.(input);
  vi.spyOn(client, 'send').mockImplementation(send as never);
  return client;
}
