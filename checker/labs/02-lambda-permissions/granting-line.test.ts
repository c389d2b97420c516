import { expect, test } from 'vitest';
import { grantingLine } from './granting-line.ts';
import { linesOf } from './lines-of.ts';

const grantees = { sender: 'SendMessage', role: 'Sender', others: ['Connect', 'Disconnect'] };
const start = [
  "const connect = roomFunction('Connect', 'connect.ts');",
  "connections.grants.actions(connect, 'dynamodb:PutItem');",
  "const disconnect = roomFunction('Disconnect', 'disconnect.ts');",
  "const sendMessage = roomFunction('SendMessage', 'send-message.ts');",
];
const end = ['stage.grantManagementApiAccess(sendMessage);', 'app.synth();'];

/** Returns the line that is pointed at, after the start of a room and before its end. */
function pointed(lines: readonly string[], actions: readonly string[], resources: readonly string[] = ['*']) {
  const excess = {
    policy: 'p',
    statement: 'statement 2',
    isConditional: false,
    witness: { action: 'a', resource: '*' },
  };
  const program = [...start, ...lines, ...end];
  const line = grantingLine(program.join('\n'), linesOf({ ...excess, actions, resources }), grantees, {
    actions,
    resources,
  });
  return line === undefined ? undefined : program[line - 1];
}

const statement = (action: string, resource = '*') =>
  `new PolicyStatement({ actions: ['${action}'], resources: ['${resource}'] })`;
const writing = ['dynamodb:PutItem', 'dynamodb:UpdateItem'];

test.each<[string, string[], string, string[]]>([
  ['the table', [], 'connections.grantReadWriteData(sendMessage);', writing],
  ['the table, in a loop', [], 'for (const fn of [connect, sendMessage]) connections.grantWriteData(fn);', writing],
  [
    'the table, later',
    ['connections.grantWriteData(disconnect);'],
    'connections.grantFullAccess(sendMessage);',
    writing,
  ],
  [
    'what another function is granted first',
    [`connect.addToRolePolicy(${statement('ssm:GetParameter', 'arn:chat')});`],
    `sendMessage.addToRolePolicy(${statement('ssm:GetParameter')});`,
    ['ssm:GetParameter'],
  ],
  [
    'everything, and denies some',
    [`sendMessage.addToRolePolicy(${statement('*', 'arn:x')});`],
    `sendMessage.addToRolePolicy(${statement('iam:*')});`,
    ['iam:*'],
  ],
])('points at the line that grants %s', (_, before, line, actions) => {
  expect(pointed([...before, line], actions)).toBe(line);
});

test('points at a statement that excludes actions, and not at a denial', () => {
  const excluding = (effect: string) =>
    `sendMessage.addToRolePolicy(new PolicyStatement({ ${effect}notActions: ['iam:*', 'sts:*', 's3:*'], resources: ['*'] }));`;
  const lines = [excluding('effect: Effect.DENY, '), excluding('')];
  expect(pointed(lines, ['everything but iam:*, sts:* and 1 more'])).toBe(lines[1]);
});

test.each<[string, string[]]>([
  ['a block', ['for (const fn of [connect, sendMessage]) {', `  fn.addToRolePolicy(${statement('ssm:*')});`, '}']],
  [
    'a policy that is attached',
    [
      `const wide = new ManagedPolicy(stack, 'Wide', { statements: [${statement('ssm:*')}] });`,
      'sendMessage.role?.addManagedPolicy(wide);',
    ],
  ],
  [
    'a policy that attaches itself',
    [
      "const wide = new Policy(stack, 'Wide');",
      `wide.addStatements(${statement('ssm:*')});`,
      'wide.attachToRole(sendMessage.role!);',
    ],
  ],
  ['a statement in a variable', [`const ssm = ${statement('ssm:*')};`, 'sendMessage.addToRolePolicy(ssm);']],
  ['its role', ["const sender = new Role(stack, 'Sender', {});", `sender.addToPolicy(${statement('ssm:*')});`]],
  [
    'the function that makes them',
    [
      'function roomFunction(id: string) {',
      '  const made = new NodejsFunction(stack, id);',
      `  made.addToRolePolicy(${statement('ssm:*')});`,
      '  return made;',
      '}',
    ],
  ],
])('finds the statement through %s', (_, lines) => {
  expect(pointed(lines, ['ssm:*'])).toBe(lines.find((line) => line.includes('ssm:*')));
});

test("finds a line of a stack's class", () => {
  const inside = [...start, 'connections.grantReadWriteData(sendMessage);', ...end].map((line) => `    ${line}`);
  const program = ['class Room extends Stack {', '  constructor(scope: App) {', "    super(scope, 'Room');", ...inside];
  const line = grantingLine([...program, '  }', '}'].join('\n'), [/\.grant(?!s|M)\w*\(/], grantees, {
    actions: writing,
    resources: [],
  });
  expect(program[(line ?? 0) - 1]).toContain('grantReadWriteData(sendMessage)');
});

/** A room whose functions are made in a class, and what is granted to them. */
const inClasses = (id: string, other: string, ...lines: string[]) =>
  [
    'class Speaking extends Construct {',
    '  constructor(scope: Construct, id: string) {',
    `    this.fn = new NodejsFunction(this, '${id}');`,
    '  }',
    '}',
    'class Entering extends Construct {',
    `  constructor(scope: Construct) { this.fn = new NodejsFunction(this, '${other}'); }`,
    '}',
    "const send = new Speaking(stack, 'Send');",
    "const connect = new Entering(stack, 'Connect');",
    ...lines,
  ].join('\n');

test('tells functions apart that are made in classes', () => {
  const grants = ["table.grants.actions(connect.fn, 'dynamodb:*');", "table.grants.actions(send.fn, 'dynamodb:*');"];
  const find = (program: string, sender: string, ...others: string[]) =>
    grantingLine(program, [/'dynamodb:/], { sender, others }, { actions: ['dynamodb:*'], resources: [] });
  expect(find(inClasses('Function', 'Function', ...grants), 'Send', 'Connect')).toBe(12);
  expect(find(inClasses('Function', 'Function', ...grants.slice(0, 1)), 'Send', 'Connect')).toBeUndefined();
  // Each id is unique, but what has it is always `fn`.
  expect(find(inClasses('Speaker', 'Door', ...grants.slice(0, 1)), 'Speaker', 'Door')).toBeUndefined();
  const inside = inClasses('Function', 'Function').replace("'Function');", "$&\n    this.fn.addTo(['dynamodb:*']);");
  expect(find(inside, 'Send', 'Connect')).toBe(4);
});

test('points nowhere if only other functions are granted it, or several lines grant it', () => {
  expect(pointed(['connections.grantWriteData(connect);'], writing)).toBeUndefined();
  expect(pointed(['a.grantWriteData(sendMessage);', 'b.grantWriteData(sendMessage);'], writing)).toBeUndefined();
});
