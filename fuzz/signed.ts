import { services } from '../sandbox/calls/services.ts';
import { hostileText, mutate } from './hostile.ts';
import { drawInput, operationsOf } from './operations.ts';
import type { Random } from './random.ts';
import { encode, type Plain } from './sign.ts';

/** A request to sign for a service. */
export interface Unsigned {
  readonly service: string;
  readonly request: Plain;
}

/** A service's request as an SDK would send it, with a valid input, or one with a few errors. */
export function drawRequest(random: Random): Unsigned {
  const service = random.pick([
    'ssm',
    'iam',
    'sts',
    'cloudformation',
    'dynamodb',
    'logs',
    'lambda',
    'apigateway',
    's3',
    'execute-api',
  ]);
  if (service === 's3') return { service, request: s3Request(random) };
  if (service === 'execute-api') return { service, request: connectionsRequest(random) };
  const input = drawInput(service, random);
  const changed = random.chance(0.25) ? input : mutate(input, random);
  const { target, routes } = services[service] ?? {};
  if (routes !== undefined) return { service, request: restRequest(Object.keys(routes), changed, random) };
  const operation = random.chance(0.02) ? hostileText(random) : random.pick(operationsOf(service));
  if (target === undefined) return { service, request: formRequest(operation, changed) };
  return {
    service,
    request: {
      method: 'POST',
      path: '/',
      headers: {
        'content-type': `application/x-amz-json-${service === 'dynamodb' ? '1.0' : '1.1'}`,
        'x-amz-target': `${target}.${operation.replace(/[^\x20-\x7e]/g, '?')}`,
      },
      body: bodyOf(changed, random),
    },
  };
}

function bodyOf(input: unknown, random: Random): string {
  const text = JSON.stringify(input);
  if (random.chance(0.03)) return text.slice(0, random.below(text.length + 1));
  return random.chance(0.01) ? '['.repeat(100_000) : text;
}

/** A form of the query protocol: nested members with dots, lists with `.member.N`. */
function formRequest(operation: string, input: unknown): Plain {
  const form = new URLSearchParams({ Action: operation, Version: '2010-05-08' });
  const pending: Array<readonly [string, unknown]> = [['', input]];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const [name, value] = at;
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) pending.push([`${name}.member.${index + 1}`, item]);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, member] of Object.entries(value)) pending.push([name === '' ? key : `${name}.${key}`, member]);
    } else if (name !== '') form.append(name, String(value));
  }
  return {
    method: 'POST',
    path: '/',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  };
}

function restRequest(routes: readonly string[], input: unknown, random: Random): Plain {
  const [method = 'GET', template = '/'] = random.pick(routes).split(' ');
  const path = template.replace(/\{\w+\+?\}/g, () =>
    encode(random.chance(0.7) ? `fuzz-${random.below(3)}` : hostileText(random).slice(0, 500)),
  );
  const query = random.chance(0.2)
    ? `?${encode(hostileText(random).slice(0, 500))}=${encode(hostileText(random).slice(0, 500))}`
    : '';
  const body = method === 'GET' ? '' : bodyOf(input, random);
  return { method, path: path + query, headers: { 'content-type': 'application/json' }, body };
}

const s3Words = [
  '',
  '',
  '',
  'uploads',
  'delete',
  'versioning',
  'encryption',
  'location',
  'list-type=2',
  'list-type=2&max-keys=zero',
  'partNumber=1&uploadId=a',
  'uploadId=a',
  'policy',
];

function s3Request(random: Random): Plain {
  const bucket = random.chance(0.85) ? `fuzz-${random.below(3)}` : encode(hostileText(random).slice(0, 200));
  const key = random.chance(0.3)
    ? ''
    : `/${random.chance(0.6) ? `key-${random.below(50)}` : encode(hostileText(random).slice(0, 1200))}`;
  const word = random.pick(s3Words);
  const xml = random.pick([
    '<Delete><Object><Key>key-1</Key></Object></Delete>',
    '<Delete><Object><Key>',
    '<CompleteMultipartUpload><Part><PartNumber>x</PartNumber></Part></CompleteMultipartUpload>',
    `<!DOCTYPE a [<!ENTITY a "${'a'.repeat(50)}"><!ENTITY b "${'&a;'.repeat(50)}">]><Delete>&b;</Delete>`,
    '<a>'.repeat(random.below(3000)),
    '',
  ]);
  return {
    method: random.pick(['GET', 'PUT', 'PUT', 'POST', 'DELETE', 'HEAD']),
    path: `/${bucket}${key}${word === '' ? '' : `?${word}`}`,
    headers: random.chance(0.3)
      ? { range: random.pick(['bytes=0-', 'bytes=-', 'bytes=9-1', 'x', 'bytes=0-99999999999']) }
      : {},
    body: random.chance(0.5) ? xml : random.bytes(random.below(300)),
  };
}

function connectionsRequest(random: Random): Plain {
  const id = encode(random.chance(0.5) ? 'fuzz=' : hostileText(random).slice(0, 500));
  return {
    method: random.pick(['GET', 'POST', 'DELETE', 'PUT']),
    path: `/_aws/execute-api/${random.chance(0.5) ? 'fuzz' : encode(hostileText(random).slice(0, 100))}/live/@connections/${id}`,
    headers: {},
    body: hostileText(random),
  };
}
