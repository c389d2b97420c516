import { expect, test } from 'vitest';
import { claimsTo, guessedClaims } from './claims.ts';

const attribute = (name: string, shortest = 0, longest = 2048) => ({ name, shortest, longest });
const writable = ['preferred_username', 'phone_number', 'profile'].map((name) => attribute(name));
const settings = { writable: [...writable, attribute('birthdate', 10, 10), attribute('custom:team', 0, 5)] };
const said = (elsewhere: string, fields = {}) => guessedClaims({ fields, elsewhere }, settings).attributes;

test('an address is in each attribute that it fits, and the others have a valid value', () => {
  expect(claimsTo('ada@unicorn.example', settings, []).attributes).toEqual({
    preferred_username: 'ada@unicorn.example',
    phone_number: '+15555550100',
    profile: 'ada@unicorn.example',
    birthdate: '1815-12-10',
  });
});

test('a guess is in every attribute that it fits, whether the source names it or not', () => {
  expect(said('red')).toMatchObject({ profile: 'red', 'custom:team': 'red' });
  expect(said('Partner Studio')).toMatchObject({ preferred_username: 'Partner Studio', profile: 'Partner Studio' });
  expect(said('Partner Studio')).not.toHaveProperty('custom:team');
  expect(said('red', { profile: 'blue' })).toMatchObject({ preferred_username: 'red', profile: 'blue' });
});

test.each([
  ['+1555', '+15555550100'],
  ['+49', '+49555550100'],
  ['+15550199', '+15550199'],
  ['red', '+15555550100'],
])('a phone number for %s is valid: %s', (text, number) => {
  expect(said(text)).toMatchObject({ phone_number: number });
});

test.each([
  ['2001-04-01', '2001-04-01'],
  ['2001-', '2001-12-10'],
  ['red', '1815-12-10'],
])('a birthdate for %s is valid: %s', (text, date) => {
  expect(said(text)).toMatchObject({ birthdate: date });
});
