import { randomInt } from 'node:crypto';

// A room must not be able to recognize the checker, or it could be repaired for the checker alone. So visitors have
// ordinary names of many forms, and only the checker's own notes (`notes.ts`) identify them.

const firstNames =
  'Ada Aisha Alan Amara Anders Barbara Carlos Chen Donald Edsger Elif Emeka Fatima Frances Grace Hedy Ines Ivan Jamal Jean Joan Kalpana Karen Katherine Lars Leila Leslie Linus Lucia Malik Margaret Mary Mei Mila Nadia Niklaus Noor Olga Omar Pavel Priya Radia Rosa Ruth Samuel Sofia Sven Tariq Tomas Uma Vera Wei Yara Yusuf Zoe'.split(
    ' ',
  );
const onsets = 'b br c ch cl d dr f fl g gr h j k kl l m n p pr qu r s sch sh sk st t th tr v w y z'.split(' ');
const vowels = 'a ai au e ea ee ei i ia ie o oa oo ou u ue'.split(' ');
const codas = ' ,,,l,ld,m,n,nd,ng,nn,r,rd,rn,rt,s,ss,t,tt,x,ck'.trim().split(',');

/** Returns a name that somebody could have and that nobody prepared for: `Ines Quaildstou`, `vera-schoonn41`. */
export function visitorName(firstName = pick(firstNames)): string {
  const last = madeUp(randomInt(3, 5));
  const more = pick([`${randomInt(10, 100)}`, '']);
  return pick([
    `${firstName} ${capital(last)}`,
    `${firstName} ${capital(last)}`,
    `${firstName} ${capital(madeUp(1))}-${capital(last)}`,
    `${firstName.toLowerCase()}${pick(['.', '_', '-', ''])}${last}${more}`,
    `${capital(last)}${more}`,
    `${firstName} ${firstName.charAt(0)}. ${capital(last)}`,
  ]);
}

/** Returns a username that a user pool accepts, and that nothing marks as the checker's. */
export function userName(firstName = pick(firstNames)): string {
  // An employee's address has at most 40 characters, as many as a name in the room.
  const last = madeUp(randomInt(3, 5)).slice(0, 14);
  const first = firstName.toLowerCase();
  const number = String(randomInt(1, 1000));
  return pick([
    `${first}${pick(['.', '_', '-', ''])}${last}`,
    `${last}${pick(['', '.', '_'])}${number}`,
    `${first.charAt(0)}${last}${pick(['', number])}`,
  ]);
}

/**
 * Returns a username with every kind of character that is common in addresses: `ada_quaild.stou-41`. Short enough for
 * an employee's address.
 */
export function variedUserName(firstName = pick(firstNames)): string {
  const parts = [firstName.toLowerCase(), madeUp(2).slice(0, 6), madeUp(1).slice(0, 4), String(randomInt(1, 100))];
  const separators = ['.', '_', '-'].sort(() => randomInt(3) - 1);
  return parts.reduce((name, part, index) => `${name}${separators[index - 1]}${part}`);
}

/** Letters beyond ASCII, composed, and one column wide in a report. */
export const lettersBeyondAscii = 'é ë ñ ö ø å ł ß ç ş λ ω д ж я'.split(' ');

/** The same, but Unicode's compatibility forms (NFKC) replace them with ASCII letters: `ſ` with `s`. */
export const compatibilityLetters = 'ſ ĳ ŀ ﬁ'.split(' ');

/**
 * Returns a username that a room can't shorten, simplify or escape unnoticed: it has capitals, a `+`, what HTML escapes,
 * one each of `letters` and `lastLetters`, and 34 to 37 of the 40 characters that a name can have, so that a title
 * before it still fits.
 * A user pool accepts letters, marks, numbers, symbols and punctuation of every alphabet.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminCreateUser.html
 */
export function intricateUserName(
  firstName: string,
  letters: readonly string[],
  lastLetters: readonly string[] = letters,
): string {
  const length = randomInt(34, 38);
  const separator = () => pick(['.', '_', '-', '']);
  const word = () => pick([capital(madeUp(2)), madeUp(2)]);
  let name = `${firstName}${separator()}${capital(madeUp(2)).slice(0, 8)}+${madeUp(1)}&${pick(letters)}${pick(['<', '>', "'"])}`;
  while (name.length < length) name += `${separator()}${word()}`;
  return `${name.slice(0, length - 2)}${pick(lastLetters)}${pick(['a', 'e', 'n', 's', 't', '1', '7'])}`;
}

/** Returns a username with more characters than a name in the room can have, which is 40. */
export function longUserName(firstName = pick(firstNames)): string {
  let name = userName(firstName);
  while (name.length <= 40) name += `${pick(['.', '_', '-'])}${madeUp(3)}`;
  return name;
}

/** Returns a word that is in no language, of 9 letters or more: nobody says it, and no id has it by chance. */
export function madeUpWord(): string {
  const word = madeUp(4);
  return word.length >= 9 ? word : madeUpWord();
}

/** Returns a word that means nothing: `quaildstou`. */
export function madeUp(syllables: number): string {
  return Array.from({ length: syllables }, () => `${pick(onsets)}${pick(vowels)}${pick(codas)}`)
    .join('')
    .slice(0, 16);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function pick<T>(from: readonly T[]): T {
  return from[randomInt(from.length)] as T;
}
