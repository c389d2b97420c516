import { expect, test } from 'vitest';
import type { Frame } from '../../probe/person.ts';
import type { Member, Said } from './said.ts';
import { signalIn } from './signal.ts';

const TEXTS = ['kettle', 'lantern', 'marble', 'needle', 'pebble', 'ribbon', 'teapot', 'violin'];

/** A conversation in which Ada says everything, and Frances, in `general`, gets these frames `after` ms. */
function conversation(frameAfter: (index: number) => Partial<Frame> | undefined, channel = 'general'): Said[] {
  const member = (label: string, where: string, heard: Frame[]) =>
    ({ label, channel: where, person: { name: label, heard }, secrets: [] }) as unknown as Member;
  const heard = TEXTS.flatMap((_, index) => {
    const frame = frameAfter(index);
    return frame === undefined ? [] : [{ at: index * 100 + 5, text: '{"type":"masked"}', fields: {}, ...frame }];
  });
  const [ada, frances] = [member('Ada', 'kite', []), member('Frances', channel, heard)];
  return TEXTS.map((text, index) => ({
    ...{ text, words: text, from: 'ada', channel: 'kite', speaker: ada, present: [ada, frances] },
    ...{ at: index * 100, start: 0, end: 0 },
  }));
}

test('finds a tab that got something after nearly every message of another channel', () => {
  const signal = { who: 'Frances', channel: 'general', times: 7, messages: 8, frame: '{"type":"masked"}' };
  expect(signalIn(conversation((index) => (index === 3 ? undefined : {})))).toEqual(signal);
});

test('finds a tab whose frames come late, and two at a time', () => {
  const late = (index: number) => ({ at: index * 100 + (index % 2 === 0 ? 205 : 105) });
  expect(signalIn(conversation(late))).toMatchObject({ who: 'Frances', times: 8 });
});

test.each<[string, (index: number) => Partial<Frame> | undefined, string?]>([
  ['nothing', () => undefined],
  ['something now and then', (index) => (index % 2 === 0 ? {} : undefined)],
  ['errors', () => ({ fields: { type: 'error' } })],
  ['messages of its own channel', (index) => ({ text: `{"text":"${TEXTS[index]}"}` }), 'kite'],
])('finds none that got %s', (_, frameAfter, channel) => {
  expect(signalIn(conversation(frameAfter, channel))).toBeUndefined();
});
