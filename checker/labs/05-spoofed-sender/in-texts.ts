import { SPEAKING } from '../../observe/route-selection.ts';
import { usual } from '../../probe/field-names.ts';
import { LONGEST } from '../../probe/long-saying.ts';
import { capturingTexts } from '../../probe/matching-text.ts';
import { saying } from '../../probe/sayings.ts';
import { commandsIn, type SourceWords } from '../../probe/source-words.ts';
import { madeUpWord, userName, visitorName } from '../../probe/visitor-name.ts';
import { type Attempt, attempt, inFrames, type Pair } from './attempt.ts';
import { type Claimed, MOST_VALUES, readFields } from './read-by-handlers.ts';

// Messages whose text has a name that a room can take for the sender's.

/** How much of a text its fields can have, in bytes: it has a saying, too. */
const MOST_OF_FIELDS = LONGEST - 200;

/** How people and clients write a name in a text. */
const forms: ReadonlyArray<(name: string, text: string) => string> = [
  (name, text) => `${name}: ${text}`,
  (name, text) => `<${name}> ${text}`,
  (name, text) => `[${name}] ${text}`,
  (name, text) => `${text} -- ${name}`,
  (name, text) => JSON.stringify({ from: name, name, text }),
];

/** Returns texts with the name of somebody else, or one that nobody has. */
export function signed(other: string): Attempt[] {
  return forms.map((form, index) =>
    attempt('name in the text', [], form(index % 2 === 0 ? other : visitorName(), saying())),
  );
}

/**
 * Returns messages with a name and no text, or an empty one: a room can take that for a wish to be called so from then
 * on. Where each field has a name of its own, the name of a later message shows which one the room has stored.
 */
export function withoutText({ other, source }: Claimed): Attempt[] {
  const fields = [...new Set([...usual, ...readFields(source)])];
  return [{}, { text: '' }, { text: ' ' }].flatMap((empty) =>
    [() => other, () => visitorName()].map((name) => {
      const claims = Object.fromEntries(fields.map((field) => [field, name()]));
      return { kind: 'without text', text: saying(), frame: JSON.stringify({ action: SPEAKING, ...empty, ...claims }) };
    }),
  );
}

/** A text, and the name that it claims. */
interface Claiming {
  readonly text: string;
  readonly name: string;
}

/** Returns texts with a name where the handlers look for something in texts. */
export function inKnownTexts({ other, source }: Claimed): Attempt[] {
  const names = [() => other, madeUpWord];
  const all = [
    ...afterKnown(source),
    ...names.flatMap((name) => inGroups(source, name)),
    ...names.flatMap((name) => inFields(source, name())),
  ];
  return all.map(({ text, name }) => ({ ...attempt('known text', [], text), claimed: [name] }));
}

/**
 * A name can be after whatever the handlers look for, at the beginning and at the end: a room can have commands that
 * nobody could list in advance. A name there has no space, and can end with one or with the line.
 */
function afterKnown({ sought, values }: SourceWords): Claiming[] {
  const known = [...sought, ...commandsIn(values)];
  return [...new Set(known)].slice(0, MOST_VALUES).flatMap((value) =>
    [[value, ' '], [value, '\n'], ...(/^\p{L}.*[^:]$/u.test(value) ? [[`${value}:`, '\n']] : [])].map(
      ([before, end]) => {
        const name = userName();
        return { text: [`${before} ${name}`, saying(), `${before} ${name}`].join(end), name };
      },
    ),
  );
}

/** A name can be what the handlers take out of a text with a regular expression. */
function inGroups({ patterns }: SourceWords, name: () => string): Claiming[] {
  const texts = capturingTexts(patterns, name, saying).slice(0, MOST_VALUES);
  return texts.map(({ text, captured }) => ({ text, name: captured }));
}

/** A text can have fields of its own, as many as fit: as a form, or a line for each. */
function inFields(source: SourceWords, name: string): Claiming[] {
  const fields = [...new Set([...usual, ...readFields(source)])];
  const pairs = fields.map((field): Pair => [field, name]);
  const own = inFrames(pairs, MOST_OF_FIELDS)[0]?.map(([field]) => field) ?? [];
  const form = new URLSearchParams({ ...Object.fromEntries(own.map((field) => [field, name])), text: saying() });
  const lines = own.map((field) => `${field}: ${name}\n`).join('');
  return [String(form), `${lines}\n${saying()}`].map((text) => ({ text, name }));
}
