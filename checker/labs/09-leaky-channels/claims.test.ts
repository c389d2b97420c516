import { expect, test } from 'vitest';
import { sourceWords } from '../../probe/source-words.ts';
import { claimsToTry, ownCommands } from './claims.ts';

const source = "if (text === '/history' || text === '!!move' || text === '/clear' || text === '!resetAll') return;";

test('commands that can delete real content are not among those for the whole room', () => {
  expect(ownCommands(sourceWords([source]))).toEqual(['/history', '!!move']);
});

test('in made-up channels, every command of the handlers names a channel', () => {
  const where = claimsToTry(sourceWords([source])).map((claim) => claim.where);
  expect(where).toContain('after /clear at the start of its text');
});

test('names somebody outside the channel in the fields that handlers read', () => {
  const claims = claimsToTry(sourceWords(['const to = readMessage(body)?.to; if (to === row.name) post(row);']));
  const named = claims.map(({ fields }) => fields?.('lantern', ['grace', 'hedy']));
  expect(named).toContainEqual(expect.objectContaining({ to: 'grace' }));
});

test('names the connection of somebody outside the channel there, too', () => {
  const claims = claimsToTry(sourceWords(['const to = readMessage(body)?.to; post(to);'])).filter(({ byId }) => byId);
  expect(claims.map(({ fields }) => fields?.('lantern', ['L0SM9cOFvHcCIhw=']))).toEqual([
    expect.objectContaining({ to: 'L0SM9cOFvHcCIhw=' }),
  ]);
});
