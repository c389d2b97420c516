import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CognitoIdentityProviderClient, DescribeUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { expect, test } from 'vitest';
import { testAccount } from '../../account.ts';
import { create, rawEvents, update } from '../cloudformation/deploying.ts';
import { email, outputs, poolsNamed, template } from './pool-stack.ts';

// Deployments of a pool that fail: what is rolled back, and what stays.

const account = await testAccount();
const client = new CloudFormationClient(account.client);
const cognito = new CognitoIdentityProviderClient(account.client);

test('a failed creation leaves no pool', async () => {
  const stack = await create(client, 'failing', template({ page: { IdTokenValidity: 4 } }));
  expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');
  const reasons = (await rawEvents(client, 'failing')).map(({ ResourceStatusReason = '' }) => ResourceStatusReason);
  expect(reasons.join('\n')).toContain('Invalid range for token validity.');
  expect(await poolsNamed(cognito, 'failing-')).toEqual([]);
});

test('an update that a pool rejects is rolled back', async () => {
  const stack = await create(client, 'fixed', template());
  const { UserPoolId } = outputs(stack);
  const updated = await update(
    client,
    'fixed',
    template({ pool: { UsernameAttributes: ['email'] }, page: { IdTokenValidity: 20 } }),
  );
  expect(updated.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  const reasons = (await rawEvents(client, 'fixed')).map(({ ResourceStatusReason = '' }) => ResourceStatusReason);
  expect(reasons.join('\n')).toContain('Updates are not allowed for property - UsernameAttributes.');
  const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
  expect(UserPool?.UsernameAttributes).toBeUndefined();
});

test.each([
  ['whether an attribute is required', [{ ...email, Required: false }]],
  [
    'whether it is mutable, beside a new one',
    [
      { ...email, Mutable: false },
      { Name: 'stable', AttributeDataType: 'String' },
    ],
  ],
])('an update that changes %s is rolled back', async (what, Schema) => {
  const StackName = `required${Schema.length}`;
  await create(client, StackName, template());
  const updated = await update(client, StackName, template({ pool: { Schema } }));
  const reasons = (await rawEvents(client, StackName)).map(({ ResourceStatusReason = '' }) => ResourceStatusReason);
  expect(reasons.join('\n'), what).toContain('Existing schema attributes cannot be modified or deleted.');
  expect(updated.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  const next = template({ pool: { Policies: { PasswordPolicy: { MinimumLength: 14 } } } });
  expect((await update(client, StackName, next)).StackStatus).toBe('UPDATE_COMPLETE');
});

test('attributes added by a rolled-back update are there for the next', async () => {
  const stack = await create(client, 'growing', template());
  const { UserPoolId } = outputs(stack);
  const stable = { Name: 'stable', AttributeDataType: 'String', DeveloperOnlyAttribute: true };
  const pool = { Schema: [email, stable] };
  const failed = await update(client, 'growing', template({ pool, page: { IdTokenValidity: 4 } }));
  expect(failed.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect((await update(client, 'growing', template({ pool }))).StackStatus).toBe('UPDATE_COMPLETE');
  const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
  expect(UserPool?.SchemaAttributes?.at(-1)?.Name).toBe('dev:custom:stable');
});
