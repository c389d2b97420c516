import { expect, test } from 'vitest';
import { elsewhereIn, nearMiss } from './near-miss.ts';

const api = 'arn:aws:execute-api:us-east-1:111122223333:a1b2c3d4e5';
const call = { action: 'execute-api:ManageConnections', resource: `${api}/room/POST/@connections/L0SM9cOFvHcCIhw=` };
const missOf = (statement: object) =>
  nearMiss(
    {
      identity: [
        {
          name: 'p',
          document: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', ...statement } }),
        },
      ],
    },
    call,
  );
const miss = (statement: object) => missOf(statement)?.said;

test.each([
  [`${api}/prod/POST/@connections/*`, '…/prod/…', '…/room/…'],
  [`${api}/room/GET/@connections/*`, '…/GET/…', '…/POST/…'],
  ['arn:aws:execute-api:us-east-1:111122223333:zzzzzzzzzz/*', '…:zzzzzzzzzz/…', '…:a1b2c3d4e5/…'],
  ['arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/*', '…:eu-west-1:…', '…:us-east-1:…'],
  [`${api}/*/*/connections/*`, '…/connections/…', '…/@connections/…'],
  [api, '…:a1b2c3d4e5', '…:a1b2c3d4e5/room/POST/@connections/…'],
  [
    'arn:aws:execute-api:us-east-1:111122223333:wss://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/*',
    '…:wss://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/*',
    '…:a1b2c3d4e5/…',
  ],
  [`${api}/room`, '…/room', '…/room/POST/@connections/…'],
])('names the part of %s that differs', (Resource, own, called) => {
  expect(miss({ Action: 'execute-api:ManageConnections', Resource })).toBe(
    `Your statement allows ${own}; the call was ${called}.`,
  );
});

test.each([
  'arn:aws:dynamodb:us-east-1:111122223333:table/chat-Connections',
  'arn:aws:lambda:us-east-1:111122223333:function:chat-SendMessage',
  'arn:aws:s3:::chat/*',
])('names the resource %s, which is no connection', (Resource) => {
  const Action = ['dynamodb:Scan', 'execute-api:ManageConnections'];
  expect(missOf({ Action, Resource })).toEqual({
    of: 'resource',
    said: `Your statement allows the action on ${Resource}; the call was on ${api}/room/POST/@connections/….`,
  });
  expect(miss({ Action: '*', Resource })).toBeUndefined();
});

test('a resource of API Gateway is closer than others', () => {
  const Resource = ['arn:aws:s3:::chat', `${api}/prod/*`];
  expect(missOf({ Action: 'execute-api:ManageConnections', Resource })).toEqual({
    of: 'resource',
    said: 'Your statement allows …/prod/…; the call was …/room/….',
  });
});

test.each(['apigateway:POST', 'apigateway:*'])('recognizes %s, which is for managing APIs', (Action) => {
  expect(missOf({ Action, Resource: '*' })).toEqual({
    of: 'statement',
    said: `Your statement allows ${Action}, which is for managing APIs. Posting to a connection needs execute-api:ManageConnections.`,
  });
});

test.each([
  'execute-api:ManageConnection',
  'execute-api:ManageConections',
  'apigateway:ManageConnections',
  'executeapi:ManageConnections',
  'execute-api:PostToConnection',
  'apigateway:PostToConnection',
])('recognizes the misspelled action %s', (Action) => {
  expect(miss({ Action, Resource: `${api}/*` })).toBe(
    `Your statement says ${Action}; the action is execute-api:ManageConnections.`,
  );
});

test.each([
  [
    'us-east-1:********2222:a1b2c3d4e5/prod/POST/@connections/{connectionId}',
    'to …/prod/…, and this room is at …/room/…',
  ],
  ['eu-west-1:********2222:a1b2c3d4e5/room/POST/@connections/{connectionId}', 'at …:us-east-1:…'],
  ['us-east-1:********2222:a1b2c3d4e5/room/POST/@connections/{connectionId}', undefined],
])('tells whether a call of %s was for another address', (denied, words) => {
  const said = elsewhereIn(`arn:aws:execute-api:${denied}`, call);
  if (words === undefined) expect(said).toBeUndefined();
  else expect(said).toContain(words);
});

test('recognizes Invoke on this API', () => {
  expect(miss({ Action: 'execute-api:Invoke', Resource: `${api}/*` })).toContain(
    'execute-api:Invoke, which is for clients',
  );
});

test('quotes the condition that the call does not meet', () => {
  const Condition = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
  expect(miss({ Action: 'execute-api:ManageConnections', Resource: `${api}/*`, Condition })).toContain(
    JSON.stringify(Condition),
  );
});

test('does not mention statements about something else', () => {
  expect(miss({ Action: 'dynamodb:Scan', Resource: '*' })).toBeUndefined();
});
