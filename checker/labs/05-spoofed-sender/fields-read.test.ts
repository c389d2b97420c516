import { expect, test } from 'vitest';
import { fieldsRead } from './fields-read.ts';

const usual = ['from', 'name', 'displayName', 'username', 'user.name'];
const parsed = 'const message = readMessage(body) ?? {};\n';

test.each<[string, string, string[]]>([
  ['by its name', `${parsed}const name = String(message.displayName ?? sender.name.S);`, ['displayName']],
  ['in brackets', `${parsed}const name = message?.['username'] ?? sender.name?.S;`, ['username']],
  ['by destructuring', `${parsed}const { text, displayName: shown } = message;`, ['displayName']],
  ['with a type', 'const parsed: any = JSON.parse(body);\nconst name = (parsed as Said).from;', ['from']],
  ['in the statement that parses the message', 'const { name } = JSON.parse(body ?? "{}");', ['name']],
  ['within an object', `${parsed}const name = message.user?.name;`, ['user.name']],
  ['twice', `${parsed}const name = message.from ?? message.name;`, ['from', 'name']],
  ['only in a comment', `${parsed}// message.from\nconst name = requestContext.authorizer.username;`, []],
  ['of another object', `${parsed}const { name } = sender;`, []],
])('finds a field that is read %s', (_, source, fields) => {
  expect(fieldsRead([source], usual)).toEqual(fields);
});
