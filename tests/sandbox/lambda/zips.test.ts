import { UpdateFunctionCodeCommand } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { testAccount } from '../../account.ts';
import { functionsOf, makeRole } from './functions.ts';
import { type RawEntry, rawZip } from './raw-zip.ts';

const account = await testAccount();
const functions = functionsOf(account, await makeRole(account));

const code: RawEntry = { name: 'index.js', text: "exports.handler = async () => 'whole'" };
const create = (name: string, ZipFile: Buffer) => functions.create(name, {}, { Code: { ZipFile } });
const update = (ZipFile: Buffer) =>
  functions.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'whole', ZipFile }));
await create('whole', rawZip([code]));

const refusal = {
  name: 'InvalidParameterValueException',
  message: 'Could not unzip uploaded file. Please check your file, then try to upload again.',
};

const names = [
  ...['', '.', '..', '/', '//', '/index.js', '../index.js', 'a/../../b', 'a/..', '..\\index.js', 'a\\..\\..\\b'],
  ...['a//b', 'a/./b', './.', './/a', 'index\u0000.js', '\u0000', 'a/', 'a//'],
];
const whole = rawZip([code, { name: 'b.js', text: 'b' }]);

const zips: ReadonlyArray<readonly [string, Buffer]> = [
  ...names
    .filter((name) => name !== 'a/')
    .map((name) => [`an entry named ${JSON.stringify(name)}`, rawZip([code, { name, text: 'x' }])] as const),
  ['a folder with bytes', rawZip([code, { name: 'a/', text: 'x' }])],
  ['two entries of one name', rawZip([code, code])],
  ['two names of one file', rawZip([code, { ...code, name: './index.js' }])],
  ['a file that is a folder, too', rawZip([code, { name: 'index.js/' }])],
  ['a file below a file', rawZip([code, { name: 'index.js/b.js', text: 'x' }])],
  ['a file above a file', rawZip([{ name: 'a/b/c', text: 'x' }, { name: 'a/b', text: 'x' }, code])],
  ['a method that nobody knows', rawZip([code, { name: 'a', text: 'x', method: 99 }])],
  ['an encrypted entry', rawZip([code, { name: 'a', text: 'x', flags: 1 }])],
  ['another sum', rawZip([{ ...code, crc: 1 }])],
  ['another sum of a stored entry', rawZip([{ ...code, method: 0, crc: 1 }])],
  ['a larger size', rawZip([{ ...code, size: 1000 }])],
  ['a smaller size', rawZip([{ ...code, size: 3 }])],
  ['no size', rawZip([code, { name: 'a', text: 'x'.repeat(1000), size: 0 }])],
  ['another name in front of the bytes', rawZip([{ ...code, localName: 'other.js' }])],
  ['entries that share their bytes', rawZip([code, { ...code, name: 'b.js', localName: 'index.js', at: 0 }])],
  ['fewer entries than it has', rawZip([code, { name: 'a', text: 'x' }], 1)],
  ['more entries than it has', rawZip([code], 2)],
  ['its end cut off', whole.subarray(0, -10)],
  ['its directory cut off', Buffer.concat([whole.subarray(0, -60), whole.subarray(-22)])],
  ['its beginning cut off', whole.subarray(10)],
  ['something behind it', Buffer.concat([whole, Buffer.from('x')])],
  ['nothing', Buffer.from('PK')],
  ['zeros', Buffer.alloc(1000)],
];

describe('a zip is rejected', () => {
  it.each(zips)('with %s', async (_what, zip) => {
    await expect(create('broken', zip)).rejects.toMatchObject(refusal);
    await expect(update(zip)).rejects.toMatchObject(refusal);
  });

  it('that unpacks to more than its directory says', async () => {
    const bomb = rawZip([code, { name: 'bomb', text: Buffer.alloc(300 * 1024 * 1024), size: 1000 }]);
    await expect(update(bomb)).rejects.toMatchObject(refusal);
  });

  it('that claims to unpack to more than Lambda accepts', async () => {
    const large = rawZip([code, { name: 'large', text: 'x', size: 262_144_001 }]);
    await expect(update(large)).rejects.toMatchObject({
      message: 'Unzipped size must be smaller than 262144000 bytes',
    });
  });

  it('and the previous code still runs', async () => {
    expect(await functions.invoke('whole')).toMatchObject({ result: 'whole' });
  });
});

describe('a zip is accepted', () => {
  it.each([
    ['with folders of their own', [{ name: 'a/' }, { name: 'a/b/' }, { name: 'a/b/c.js', text: 'x' }, code]],
    ['with names that begin with ./', [{ name: './' }, { ...code, name: './index.js' }]],
    ['with an empty file', [code, { name: 'empty' }]],
    [
      'with stored entries',
      [
        { ...code, method: 0 },
        { name: 'empty', method: 0 },
      ],
    ],
    ['with names that only begin alike', [code, { name: 'index.js.map', text: 'x' }, { name: 'index', text: 'x' }]],
    ['with a name that has dots', [code, { name: '..a/...b', text: 'x' }, { name: '.env', text: 'x' }]],
  ] as const)('%s', async (_what, entries) => {
    await update(rawZip(entries));
    expect(await functions.invoke('whole')).toMatchObject({ result: 'whole' });
  });
});
