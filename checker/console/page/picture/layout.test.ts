import { expect, it } from 'vitest';
import type { DeployedRoom, FunctionDocument, RouteDocument } from '../../deployed-room.ts';
import { layOut } from './layout.ts';
import { linksOf } from './links.ts';

const route = (key: string, name?: string): RouteDocument => ({
  key,
  authorization: 'NONE',
  integration: name && 'AWS_PROXY',
  function: name,
  answers: false,
  isLive: true,
});

const lambda = (name: string, role?: string): FunctionDocument => ({
  name,
  label: name,
  role,
  userPools: [],
  processes: { starting: 0, idle: 0, busy: 0 },
  state: 'cold',
});

const nothing: DeployedRoom = {
  lab: '09-own',
  title: 'A lab of one’s own',
  complaint: 'It does nothing.',
  account: { kind: 'practice', title: 'the practice account', region: 'us-east-1' },
  stack: { name: 'chat-09-own' },
  authorizers: [],
  functions: [],
  roles: [],
  tables: [],
  sockets: [],
  userPools: [],
  others: [],
  unread: [],
};

function roomWith(routes: RouteDocument[], rest: Partial<DeployedRoom> = {}): DeployedRoom {
  const stage = { name: 'room' };
  const api = { id: 'a1b2c3', label: 'Api', selection: '$request.body.action', address: 'ws://room', stage, routes };
  return { ...nothing, api, ...rest };
}

it('lays out routes in the order of a connection’s life', () => {
  const room = roomWith([route('$disconnect'), route('$default'), route('wave'), route('$connect'), route('hello')]);
  const keys = layOut(room, [], undefined).routes.map(({ of }) => of.key);
  expect(keys).toEqual(['$connect', 'hello', 'wave', '$default', '$disconnect']);
});

it('draws a function that two routes share once, with a ring for each route', () => {
  const room = roomWith([route('$connect', 'All'), route('wave', 'All')], { functions: [lambda('All')] });
  const { functions, gates, wires } = layOut(room, [], undefined);
  expect(functions).toHaveLength(1);
  expect(gates.map(({ key }) => key)).toEqual(['invoke $connect', 'invoke wave']);
  expect(new Set(wires.map(({ points }) => points.at(-1)?.[0])).size).toBe(1);
});

it('has no line from a route without a function, and shows functions without a route', () => {
  const { routes, functions, gates, height } = layOut(
    roomWith([route('wave')], { functions: [lambda('Nightly')] }),
    [],
    undefined,
  );
  expect(routes).toHaveLength(1);
  expect(gates).toEqual([]);
  expect(functions.map(({ y }) => y)).not.toContain(routes[0]?.y);
  expect(height).toBeGreaterThan((functions[0]?.y ?? 0) + 48);
});

it('joins a user pool to the authorizers whose functions use it, and to its triggers', () => {
  const authorizer = { id: 'a1', name: 'Authorizer', function: 'Verify', identitySource: [] };
  const routes = [
    { ...route('$connect'), authorizer: 'a1' },
    { ...route('wave'), authorizer: 'b2' },
  ];
  const room = roomWith(routes, {
    authorizers: [authorizer, { ...authorizer, id: 'b2', function: 'Other' }],
    functions: [{ ...lambda('Verify'), userPools: ['us-east-1_1'] }, lambda('Other'), lambda('Filter')],
    userPools: [{ id: 'us-east-1_1', label: 'Users', clients: [], triggers: ['Filter'], users: [] }],
  });
  const joined = layOut(room, [], undefined).wires.filter(({ kind }) => kind === 'pool');
  expect(joined.map(({ key }) => key)).toEqual([
    'pool us-east-1_1 authorizer Verify',
    'pool us-east-1_1 function Filter',
  ]);
});

it('draws a picture even if nothing is deployed', () => {
  const { gateway, wires, height } = layOut(nothing, [], undefined);
  expect(gateway).toBeUndefined();
  expect(wires).toEqual([]);
  expect(height).toBeGreaterThan(0);
});

it('shows somebody whose handshake was rejected among the people', () => {
  const { people, nobody } = layOut(roomWith([route('$connect')]), [], 'abc=');
  expect(people.map(({ of }) => of)).toEqual([{ connectionId: 'abc=', isGuest: true }]);
  expect(nobody).toBeUndefined();
});

it('draws no two rings of one function over each other', () => {
  const statements = [
    { Effect: 'Allow', Action: 'dynamodb:Scan', Resource: 'arn:aws:dynamodb:us-east-1:111122223333:table/Rows' },
    { Effect: 'Allow', Action: ['execute-api:ManageConnections'], Resource: '*' },
  ];
  const room = roomWith([route('wave', 'Wave')], {
    functions: [lambda('Wave', 'role')],
    roles: [
      { name: 'role', label: 'Role', policies: [{ name: 'p', document: JSON.stringify({ Statement: statements }) }] },
    ],
    tables: [{ name: 'Rows', label: 'Rows', keys: ['id'], rows: [], hasMore: false }],
  });
  const links = linksOf(room, []);
  expect(links.map(({ target }) => target)).toEqual(['Rows', '@connections']);
  const own = layOut(room, links, undefined).gates.filter(({ key }) => key.startsWith('call'));
  const [first, second] = own.map(({ at }) => at[1]);
  expect((second ?? 0) - (first ?? 0)).toBeGreaterThan(20);
});

it('has a line for each action no policy allows, and none for actions a policy denies', () => {
  const denies = { Effect: 'Deny', Action: '*', Resource: '*' };
  const room = roomWith([route('wave', 'Wave')], {
    functions: [lambda('Wave', 'role')],
    roles: [
      { name: 'role', label: 'Role', policies: [{ name: 'p', document: JSON.stringify({ Statement: denies }) }] },
    ],
    tables: [{ name: 'Rows', label: 'Rows', keys: ['id'], rows: [], hasMore: false }],
  });
  expect(linksOf(room, [])).toEqual([]);
  const call = { id: 1, at: 0, mono: 0, kind: 'call', service: 'execute-api', operation: 'PostToConnection' } as const;
  const tried = { ...call, function: 'Wave', callId: 'c', status: 403, ms: 1, decisions: [] };
  expect(linksOf(room, [tried])).toEqual([{ function: 'Wave', target: '@connections', isGranted: false }]);
});
