import { expect, test } from 'vitest';
import { fieldsIn, guessesFrom, localPartsFrom } from './guesses.ts';

const decide = (condition: string) =>
  `if (${condition} || domainOf(event.request.userAttributes.email) === 'unicorn.example') return event;`;

test.each<[string, string, string, string]>([
  ['ValidationData', "event.request.validationData?.invite === 'unicorn'", 'invite', 'unicorn'],
  ['ClientMetadata', "event.request.clientMetadata?.partner === 'yes'", 'partner', 'yes'],
  ['a quoted field', "event.request.clientMetadata?.['x-code'] === 'a code'", 'x-code', 'a code'],
  ['an attribute', "event.request.userAttributes['custom:team'] === 'red'", 'custom:team', 'red'],
  ['a list', "['alpha', 'beta'].includes(event.request.clientMetadata?.code)", 'code', 'beta'],
  ['a pattern', "/^UNI-\\d{4}$/.test(event.request.clientMetadata?.code ?? '')", 'code', 'UNI-7777'],
  ['a number', 'Number(event.request.validationData?.level) >= 7', 'level', '7'],
])('guesses a value in %s', (_, condition, field, value) => {
  const guesses = guessesFrom([decide(condition)]);
  expect(guesses.map(({ fields }) => fields[field])).toContain(value);
});

test('guesses a value in attributes that the source does not name', () => {
  const any = "Object.values(event.request.userAttributes).some((value) => value === 'Partner Studio')";
  expect(guessesFrom([decide(any)]).map(({ elsewhere }) => elsewhere)).toContain('Partner Studio');
});

test('guesses a constant of another file, and the value of an environment variable', () => {
  const constant = decide('event.request.clientMetadata?.code === CODE');
  const guesses = guessesFrom([
    decide('event.request.clientMetadata?.invite === process.env.INVITE'),
    constant,
    "export const CODE = 'gamma';",
    "roomFunction('PreSignUp', 'pre-sign-up.ts', { INVITE: 'delta' });",
  ]);
  expect(guesses.map(({ fields }) => fields.code)).toEqual(expect.arrayContaining(['gamma', 'delta']));
});

test('a user name can be a value of the source, and no address', () => {
  const names = guessesFrom([decide("event.userName === 'root'")]).map(({ name }) => name);
  expect(names).toContain('root');
  expect(guessesFrom([decide("event.userName === 'ada@unicorn.example'")])[0]).not.toHaveProperty('name');
  expect(guessesFrom([decide("event.request.clientMetadata?.code === 'two words'")])[0]).not.toHaveProperty('name');
});

test('says two things at once if two fields are compared', () => {
  const source = decide("event.request.validationData?.a === 'one' && event.request.clientMetadata?.b === 'two'");
  expect(guessesFrom([source])[0]?.fields).toMatchObject({ a: 'one', b: 'two' });
});

test('other handlers have nothing to guess', () => {
  expect(guessesFrom(["if (message.kind === 'desktop') return;"])).toEqual([]);
  const guesses = guessesFrom([decide("event.userName === 'root'"), "if (message.kind === 'desktop') return;"]);
  expect(guesses.map(({ name }) => name)).not.toContain('desktop');
});

test('a few guesses have to do', () => {
  const codes = Array.from({ length: 30 }, (_, index) => `'code${index}'`);
  expect(guessesFrom([decide(`[${codes}].includes(event.userName)`)]).length).toBeLessThan(6);
});

test('indexes are nothing to say', () => {
  expect(guessesFrom(['return event.request.userAttributes.email?.split("@")[1];'])).toEqual([]);
});

test('the fields of other handlers come last, and do not displace those of the trigger', () => {
  const others = Array.from({ length: 60 }, (_, index) => `message.field${index};`).join('\n');
  expect(fieldsIn([others, 'event.request.clientMetadata?.partner'])).toContain('partner');
});

test.each([
  ['a pattern', '/^[^@]+\\+qa@/.test(email)', 'a+qa'],
  ['the end of a part', "email.includes('+qa@')", '+qa'],
  ['the start', "email.startsWith('bot-')", 'bot-'],
  ['a tag', "email.split('@')[0].split('+')[1] === 'qa'", 'qa+qa'],
  ['a whole part', "email.split('@')[0] === 'qa'", 'qa'],
])('guesses %s before the @', (_, condition, part) => {
  expect(localPartsFrom([decide(condition)])).toContain(part);
});

test.each([
  '/@unicorn\\.example$/i.test(event.request.userAttributes.email)',
  "event.request.userAttributes.email.endsWith('@unicorn.example')",
  "event.request.userAttributes.email.split('@')[1] === 'unicorn.example'",
])('guesses nothing before the @ in %s', (condition) => {
  expect(localPartsFrom([`if (!(${condition})) throw new Error('Employees only');`])).toEqual([]);
});
