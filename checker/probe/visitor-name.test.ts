import { expect, test } from 'vitest';
import { isForgotten, taggedAt, tagOfOwn } from './tag.ts';
import {
  compatibilityLetters,
  intricateUserName,
  lettersBeyondAscii,
  longUserName,
  userName,
  variedUserName,
  visitorName,
} from './visitor-name.ts';

const many = (make: () => string) => Array.from({ length: 300 }, make);

test("visitors' names have many shapes and lengths, and no two are the same", () => {
  const names = many(() => visitorName('Grace'));
  expect(new Set(names).size).toBe(300);
  for (const name of names) expect([...name].length).toBeLessThanOrEqual(40);
  const shapes = names.map((name) =>
    name
      .replace(/[a-z]+/g, 'x')
      .replace(/[A-Z]/g, 'X')
      .replace(/\d+/g, '1'),
  );
  expect(new Set(shapes).size).toBeGreaterThan(6);
  expect(names.some((name) => !name.includes('race'))).toBe(true);
  expect(names.some((name) => /^[a-z]/.test(name))).toBe(true);
});

test('a user pool gets usernames, and a room email addresses', () => {
  for (const name of many(userName)) {
    expect(name).toMatch(/^[a-z][a-z0-9._-]+$/);
    expect(`${name}@unicorn.example`.length).toBeLessThanOrEqual(40);
  }
});

test('a varied username has a period, an underscore, a hyphen, letters and digits', () => {
  const names = many(variedUserName);
  expect(new Set(names.map((name) => name.replace(/[a-z0-9]+/g, ''))).size).toBe(6);
  for (const name of names) {
    expect([...name.replace(/[a-z0-9]+/g, '')].sort()).toEqual(['-', '.', '_']);
    expect(name).toMatch(/^[a-z].*[a-z].*\d$/);
    expect(`${name}@unicorn.example`.length).toBeLessThanOrEqual(40);
  }
});

test('an intricate username differs from its beginning, its lower case, its ASCII letters, itself in HTML and in NFKC', () => {
  const names = many(() => intricateUserName('Ada', lettersBeyondAscii, compatibilityLetters));
  expect(new Set(names).size).toBe(300);
  for (const name of names) {
    expect(name).toMatch(/^Ada[\w.-]*[A-Z][\w.-]*\+\w+&\p{L}[<>'][\w.-]+[^\0-\x7f][a-z0-9]$/u);
    // What Cognito accepts, with room for a title.
    expect(name).toMatch(/^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u);
    expect(name.length).toBeGreaterThanOrEqual(34);
    expect(name.length).toBeLessThan(38);
    expect(name.normalize('NFC')).toBe(name);
    expect(name.normalize('NFKC')).not.toBe(name);
  }
});

test('a long username has more than 40 characters, and fits into a user pool', () => {
  for (const name of many(longUserName)) {
    expect(name).toMatch(/^[\w.-]+$/);
    expect(name.length).toBeGreaterThan(40);
    expect(name.length).toBeLessThanOrEqual(128);
  }
});

test('resources left by an old checker are recognized by their tag, never by name', () => {
  const at = 1_700_000_000_000;
  expect(taggedAt(`websocket-lab-checker-${tagOfOwn(at)}`)).toBe(at);
  expect(isForgotten(`websocket-lab-checker-${tagOfOwn(at)}`)).toBe(true);
  expect(isForgotten(`websocket-lab-checker-${tagOfOwn(Date.now())}`)).toBe(false);
  expect(taggedAt('Grace (check in later)')).toBeUndefined();
  expect(many(visitorName).map(taggedAt)).toEqual(many(() => undefined as never));
});
