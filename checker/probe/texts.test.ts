import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { textsIn } from './texts.ts';

const frame = JSON.stringify({ type: 'message', from: 'Ada', text: 'Tea?' });

test.each<[string, AttributeValue]>([
  ['a string', { S: 'Tea?' }],
  ['a map', { M: { said: { M: { text: { S: 'Tea?' } } } } }],
  ['a list', { L: [{ N: '1' }, { S: 'Tea?' }] }],
  ['a set', { SS: ['Milk?', 'Tea?'] }],
  ['JSON', { S: frame }],
  ['bytes', { B: Buffer.from('Tea?') }],
  ['gzip', { B: gzipSync(frame) }],
  ['zlib', { B: deflateSync(frame) }],
  ['raw deflate', { B: deflateRawSync(frame) }],
  ['Brotli', { B: brotliCompressSync(frame) }],
  ['Base64', { S: Buffer.from(frame).toString('base64') }],
  ['a set of bytes', { BS: [gzipSync('Tea?')] }],
])('finds a text in %s', (_, value) => {
  expect(textsIn({ channel: { S: 'general' }, value })).toEqual(expect.arrayContaining(['general', 'Tea?']));
});

test('leaves out numbers, and takes a text that only begins like JSON as it is', () => {
  expect(textsIn({ at: { N: '1' }, text: { S: '{brackets' }, is: { BOOL: true } })).toEqual(['{brackets']);
});
