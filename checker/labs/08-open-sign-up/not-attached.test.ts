import { expect, test } from 'vitest';
import { notAttached } from './not-attached.ts';

const file = 'labs/08-open-sign-up/stack.ts';
const judged = (text: string) => notAttached({ file, text });

test('finds a trigger that is added after the template is written', () => {
  const text = 'app.synth();\n\nusers.addTrigger(UserPoolOperation.PRE_SIGN_UP, preSignUp);\n';
  expect(judged(text)).toMatchObject({ place: { file, line: 3 }, finding: { id: 'trigger-after-synth' } });
});

test.each([
  ["lambdaTriggers: { preSignup: roomFunction('PreSignUp', 'pre-sign-up.ts', {}) },", 'preSignup'],
  ["lambdaTriggers: { 'PreSignUp': preSignUp },", 'PreSignUp'],
  ['lambdaTriggers: { postConfirmation, presignup },', 'presignup'],
  ["lambdaTriggers: { preSignup /* of 'arn:aws:lambda:*' */ },", 'preSignup'],
])('finds a misspelled key: %s', (line, key) => {
  expect(judged(`const users = new UserPool({\n  ${line}\n});\n`)).toMatchObject({
    inWords: `\`lambdaTriggers\` has no key \`${key}\`. It is \`preSignUp\``,
    place: { file, line: 2 },
  });
});

test.each([
  'users.addTrigger(UserPoolOperation.PRE_SIGN_UP, preSignUp);\napp.synth();\n',
  'app.synth();\nusers.addTrigger(UserPoolOperation.POST_CONFIRMATION, welcome);\n',
  'lambdaTriggers: { preSignUp },',
  "lambdaTriggers: { preSignUp: roomFunction('PreSignUp', 'pre-sign-up.ts', {}) },",
  'lambdaTriggers: { postConfirmation: preSignUp },',
  '// lambdaTriggers: { presignup },',
  '/* lambdaTriggers: { presignup: gate } */',
  'const users = new UserPool({\n  /*\n  lambdaTriggers: { presignup },\n  */\n});',
])('finds nothing in: %s', (text) => {
  expect(judged(text)).toBeUndefined();
});
