import { expect, test } from 'vitest';
import { addedPermission } from './added-permission.ts';

const paths: Readonly<Record<string, string>> = {
  Send: 'chat/Send',
  SendPost: 'chat/Send/Post',
  Sender: 'chat/Sender/Post',
  Route: 'chat/Api/sendmessage-Route/Integration-Permission',
};
const said = (...permissions: string[]) =>
  addedPermission(
    {
      resources: ['Send', ...permissions].map((logicalId) => ({
        logicalId,
        type: logicalId === 'Send' ? 'AWS::Lambda::Function' : 'AWS::Lambda::Permission',
        physicalId: logicalId,
      })),
      locate: (at) => ({ file: 'stack.ts', line: 1, construct: paths[String(at)] ?? '' }),
    },
    { logicalId: 'Send' },
  );

test("names what was added to the function's resource policy", () => {
  expect(said('Route', 'SendPost')).toBe(
    "Send/Post is part of the function's resource policy, which says who can invoke the function. What the function can call is in the policies of its role.",
  );
});

test("routes' permissions and those of other functions don't count", () => {
  expect(said('Route', 'Sender')).toBeUndefined();
});
