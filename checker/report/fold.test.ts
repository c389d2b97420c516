import { expect, test } from 'vitest';
import { fold } from './fold.ts';

const role = 'arn:aws:iam::111122223333:role/chat-02-lambda-permission-SendMessage';

test.for([
  ['keeps a line that fits', `  ${role}`, 80, [`  ${role}`]],
  [
    'breaks an ARN between its parts, and continues where it begins',
    `  on what   ${role}`,
    60,
    ['  on what   arn:aws:iam::111122223333:role/', '            chat-02-lambda-permission-SendMessage'],
  ],
  [
    'breaks a part that is too long at a hyphen',
    `  ${role} now`,
    34,
    ['  arn:aws:iam::111122223333:role/', '  chat-02-lambda-permission-', '  SendMessage now'],
  ],
  ['keeps an address whole', '  https://docs.example/one-two/three-four', 20, undefined],
  ['keeps a file whole', '  labs/02-lambda-permissions/stack.ts:30', 20, undefined],
  [
    'breaks JSON between its members',
    '      {"type":"message","from":"Ada","text":"Little',
    40,
    ['      {"type":"message","from":"Ada",', '      "text":"Little'],
  ],
  ['keeps a member of JSON whole', `  {"Resource":"${role}"}`, 40, undefined],
  [
    'keeps colors',
    `  \u001b[1m${role}\u001b[22m`,
    60,
    ['  \u001b[1marn:aws:iam::111122223333:role/', '  chat-02-lambda-permission-SendMessage\u001b[22m'],
  ],
] as const)('%s', ([, line, columns, lines]) => {
  expect(fold(line, columns).split('\n')).toEqual(lines ?? [line]);
});
