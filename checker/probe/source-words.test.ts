import { expect, test } from 'vitest';
import { sourceWords } from './source-words.ts';

test.each([
  ['message.nick', 'nick'],
  ['message?.nick?.trim()', 'nick'],
  ["message['x-nick']", 'x-nick'],
  ['(message as Claims)!.nick', 'nick'],
  ['const { text, absender } = message;', 'absender'],
  ['const { absender: name } = message;', 'absender'],
  ["const field = 'nick';", 'nick'],
  ["['from', 'künstler'].map((field) => message[field])", 'künstler'],
])('%s reads a field', (source, field) => {
  expect(sourceWords([source]).read).toContain(field);
});

test('methods, comments, keywords and imports are no fields', () => {
  const source = `import { nick } from './nick.ts';
// The field alias is not read.
/* Nor is handle. */
return message.trim();`;
  const { read, words } = sourceWords([source]);
  expect(read).toEqual([]);
  expect(words).toEqual(['message', 'trim']);
});

test('sentences are no fields', () => {
  expect(sourceWords([`tellSender('Who are you? Please.join again.', message.nick)`]).read).toEqual(['nick']);
});

test('addresses are no comments', () => {
  expect(sourceWords(["api('https://example.com/', message.nick)"]).read).toContain('nick');
});

test('properties of properties are paths, from any variable on', () => {
  const { paths } = sourceWords(["(message as Sent).client?.profile['settings']?.nickname?.trim() ?? user.name"]);
  expect(paths).toContainEqual(['client', 'profile', 'settings', 'nickname']);
  expect(paths).toContainEqual(['profile', 'settings', 'nickname']);
  expect(paths).toContainEqual(['user', 'name']);
});

test.each([
  ['one after the other', 'const { text, client } = message;\nconst { nick } = (client ?? {}) as { nick?: string };'],
  ['one in the other', 'const { client: { nick } = {} } = message as Sent;'],
  ['of a parameter', 'function nameOf({ client: { nick = null } }: Sent) {}'],
  ['and a chain', 'const { client: app } = message;\nreturn app?.nick;'],
  ['of a loop', 'for (const { nick } of message.client) names.push(nick);'],
  ['with other names', "const { 'client': app = {} } = message\nconst { nick: name } = app"],
  ['after a variable', 'const app = message?.client ?? {}\nconst { nick } = app'],
])('properties of properties are paths, by patterns %s', (_, source) => {
  const { paths, taken } = sourceWords([source]);
  expect(paths).toContainEqual(['client', 'nick']);
  expect(taken.length).toBeGreaterThan(0);
});

test('a variable stands for no part of an object that is made', () => {
  const { paths } = sourceWords(['const verifier = verifierOf({ clientId: page.id });\nconst { sub } = verifier;']);
  expect(paths).not.toContainEqual(['clientId', 'sub']);
});

test('an object that is made takes nothing', () => {
  const { taken } = sourceWords([
    'await dynamodb.send(new PutItemCommand({ TableName, Item: { nick: { S: name } } }));',
  ]);
  expect(taken).toEqual([]);
});

test.each<[string, string | number]>([
  ["message.client === 'desktop'", 'desktop'],
  ['"Release bot" == message.from', 'Release bot'],
  ["message.from.startsWith('bot-')", 'bot-'],
  ["['desktop', 'phone'].includes(message.client)", 'phone'],
  ["switch (message.client) { case 'desktop': }", 'desktop'],
  ['/^bot-/.test(message.from)', 'bot-'],
  ['/^\\/move (.+)/.exec(text)', '/move'],
  ['message.version >= 2', 2],
  ["message.client === DESKTOP;\nconst DESKTOP = 'desktop'", 'desktop'],
  ["message.client === Client.phone;\nconst Client = { desktop: 1, phone: 'handset' } as const", 'handset'],
  ["message.client === Client.phone;\nconst enum Client { desktop = 'web', phone = 'handset' }", 'handset'],
  ['fieldOf[message.client];\nconst fieldOf: Record<string, string> = { phone: name }', 'phone'],
  ["clients.has(message.client);\nconst clients = new Set(['web', 'phone'])", 'phone'],
  ["message.apiKey === process.env.DESKTOP_KEY;\nsend.addEnvironment('DESKTOP_KEY', 'unicorn-1')", 'unicorn-1'],
  ["message.apiKey === process.env.DESKTOP_KEY;\nconst environment = { DESKTOP_KEY: 'unicorn-1' }", 'unicorn-1'],
])('%s compares with a value', (source, value) => {
  expect(sourceWords([`const isTrusted = ${source};`]).values).toContain(value);
});

test.each([
  ["text.startsWith('!iam ')", '!iam'],
  ['/^\\/name (\\S+) /.exec(text)', '/name'],
  ['/^!iam (.+)/.exec(text)', '!iam'],
  ['/^\\s*\\[as (\\w+)\\]/.exec(text)', '[as'],
  ['/^From: (.+)\\n/.exec(text)', 'From'],
])('%s looks for something in a text', (source, text) => {
  expect(sourceWords([`const [, name] = ${source} ?? [];`]).sought).toEqual([text]);
});

test('a comparison looks for nothing in a text', () => {
  expect(sourceWords(["message.client === 'desktop' && a / b > 2 && (a + b) / from"]).sought).toEqual([]);
});

test('a property is compared with a value of its own', () => {
  const { compared } = sourceWords(["message.client?.kind === 'desktop' && message.version === 2 && typeof a.b === c"]);
  expect(compared).toEqual([
    { path: ['message', 'client', 'kind'], value: 'desktop' },
    { path: ['message', 'version'], value: 2 },
  ]);
});

test('types, empty strings and other literals are not compared with', () => {
  const source = `if (typeof text !== 'string' || text === '') return tellSender('Who are you?', a / 60_000 > 1.5);`;
  expect(sourceWords([source]).values).toEqual([]);
});

test('many similar functions take no longer to read', () => {
  const similar = (index: number) => `
export async function get${index}(event) {
  const body = JSON.parse(event.body);
  const request = body.request${index};
  const response = await client.send(request.command${index}, body.table);
  const item = response.Item${index} ?? request.item;
  const user = item.user${index} ?? response.user;
  return user.name${index};
}`;
  const source = Array.from({ length: 40 }, (_, index) => similar(index)).join('\n');
  expect(sourceWords([source]).paths).toHaveLength(120);
});

test('there are bounds', () => {
  const source = Array.from({ length: 5_000 }, (_, index) => `a.b${index}.c${index};`).join('\n');
  const { words, paths } = sourceWords([source]);
  expect(words.length).toBeLessThanOrEqual(400);
  expect(paths.length).toBeLessThanOrEqual(120);
  expect(sourceWords(['"'.repeat(9) + 'x'.repeat(100_000)]).words).toEqual([]);
});
