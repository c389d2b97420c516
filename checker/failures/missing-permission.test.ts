import { expect, test } from 'vitest';
import { missingPermission } from './missing-permission.ts';

const user = 'User: arn:aws:iam::111122223333:user/ada is not authorized to perform:';

test("AWS's message names the action and the resource", () => {
  const arn = 'arn:aws:cloudformation:us-east-1:111122223333:stack/chat-01-missing-route/*';
  expect(missingPermission(`${user} cloudformation:DescribeStacks on resource: ${arn}`, undefined)).toEqual({
    statement: { Effect: 'Allow', Action: 'cloudformation:DescribeStacks', Resource: arn },
    isOfChecker: true,
  });
});

test("a stack's own id is left out, since a new deployment has another", () => {
  const stack = 'arn:aws:cloudformation:us-east-1:111122223333:stack/chat-01-missing-route';
  const said = `${user} cloudformation:DescribeStacks on resource: ${stack}/5c525838-279e-4302-80c7-aecb074ef4db because`;
  expect(missingPermission(said, undefined)).toEqual({
    statement: { Effect: 'Allow', Action: 'cloudformation:DescribeStacks', Resource: `${stack}/*` },
    isOfChecker: true,
  });
});

test('if it names no resource, the declared one is used', () => {
  const said = `${user} iam:GetRole on resource: role chat-Sender because no identity-based policy allows it`;
  expect(missingPermission(said, 'GetRole')).toEqual({
    statement: { Effect: 'Allow', Action: 'iam:GetRole', Resource: 'arn:aws:iam::*:role/chat-*' },
    isOfChecker: true,
  });
});

test("a stack's own id is left out, since a new deployment has another", () => {
  const stack = 'arn:aws:cloudformation:us-east-1:111122223333:stack/chat-01-missing-route';
  const said = `${user} cloudformation:DescribeStacks on resource: ${stack}/5c525838-279e-4302-80c7-aecb074ef4db because`;
  expect(missingPermission(said, undefined)).toEqual({
    statement: { Effect: 'Allow', Action: 'cloudformation:DescribeStacks', Resource: `${stack}/*` },
    isOfChecker: true,
  });
});

test("if it names nothing, the call's own data is used", () => {
  expect(missingPermission('Access denied', 'GetRoutes')).toMatchObject({ statement: { Action: 'apigateway:GET' } });
  expect(missingPermission('Access denied', undefined)).toBeUndefined();
});

test('an explicit deny cannot be fixed by granting a permission', () => {
  const said = `${user} logs:FilterLogEvents on resource: arn:x with an explicit deny in a service control policy`;
  expect(missingPermission(said, 'FilterLogEvents')).toEqual({ deniedBy: 'service control policy' });
});
