import { expect, test } from 'vitest';
import { idWithinParents, isNamedBy } from './physical-id.ts';

test.each([
  ['abc123', 'abc123'],
  ['abc123|api456', 'abc123'],
  ['api456|abc123', 'abc123'],
  ['arn:aws:lambda:us-east-1:111122223333:function:chat-Send', 'chat-Send'],
  ['arn:aws-cn:dynamodb:cn-north-1:111122223333:table/chat-Connections', 'chat-Connections'],
])('%s names %s', (physicalId, id) => {
  expect(isNamedBy(physicalId, id)).toBe(true);
});

test.each([
  ['abc123', 'abc'],
  ['abc123', ''],
  ['abc123', undefined],
  ['chat-Resend', 'Resend'],
  ['arn:aws:lambda:us-east-1:111122223333:function:chat-Send', 'Send'],
])('%s does not name %s', (physicalId, id) => {
  expect(isNamedBy(physicalId, id)).toBe(false);
});

test.each([
  ['abc123|r1', 'r1'],
  ['r1', 'r1'],
])('%s is %s within its parents', (physicalId, id) => {
  expect(idWithinParents(physicalId)).toBe(id);
});
