import { expect, test } from 'vitest';
import type { Mail } from '../aws/target.ts';
import { servedRoom } from './served-room.ts';

const stack = { lab: '03-no-auth', stackName: 'chat-03-no-auth', room: 'ws://127.0.0.1:1/room', outputs: {} };
const pool = { logicalId: 'Users', physicalId: 'us-east-1_aaaaaaaaa', type: 'AWS::Cognito::UserPool' };
const client = (physicalId: string) => ({ logicalId: physicalId, physicalId, type: 'AWS::Cognito::UserPoolClient' });
const target = { cognitoEndpoint: 'https://cognito-idp.us-east-1.amazonaws.com/' };

test('people enter a name if the stack has no user pool client', () => {
  const { signIn, mail } = servedRoom(target, { ...stack, resources: [pool] });
  expect([signIn, mail]).toEqual([undefined, undefined]);
});

test("of several clients, uses the one in the stack's outputs", () => {
  const resources = [pool, client('c1'), client('c2')];
  const { signIn } = servedRoom(target, { ...stack, resources, outputs: { UserPoolClientId: 'c2' } });
  expect(signIn).toEqual({ endpoint: target.cognitoEndpoint, clientId: 'c2' });
});

test("of several outputs, uses the one with the labs' name for it", () => {
  const outputs = { Desk: 'c1', UserPoolClientId: 'c2' };
  const { signIn } = servedRoom(target, { ...stack, resources: [pool, client('c1'), client('c2')], outputs });
  expect(signIn?.clientId).toBe('c2');
});

test('the page asks for the history with the action that the stack outputs', () => {
  const resources = [pool, client('c1')];
  const outputs = { HistoryAction: 'history' };
  expect(servedRoom(target, { ...stack, resources, outputs })).toMatchObject({ history: 'history' });
  expect(servedRoom(target, { ...stack, resources }).history).toBeUndefined();
});

test('the page sees what its own pool would have mailed, and no other', async () => {
  const mail = (userPoolId: string): Mail => ({
    sent: '2026-11-24T09:00:00.000Z',
    userPoolId,
    username: 'ada',
    destination: 'ada@example.com',
    purpose: 'SignUp',
    code: '123456',
  });
  const practice = { ...target, mail: async () => [mail('us-east-1_bbbbbbbbb'), mail(pool.physicalId)] };
  const served = servedRoom(practice, { ...stack, resources: [pool, client('c1')] });
  expect(await served.mail?.()).toEqual([mail(pool.physicalId)]);
});
