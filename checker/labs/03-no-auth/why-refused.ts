import type { At, Finding, Room } from '../../checking/check.ts';
import type { Gate } from '../../observe/gate.ts';
import type { Entry } from './comes-in.ts';
import { TOKEN_SOURCE } from './contract.ts';
import * as findings from './findings.ts';
import type { Decider } from './observe-refusals.ts';
import { codeOfGate, codeOfOwn, FAILED_BEHIND_CONNECT, placeOfFailure, whyItFailed } from './refusals.ts';

/** Returns why a valid token may be rejected, the likeliest reason first, and what to point at. */
export function whyRefused(
  room: Room,
  gate: Gate,
  status: number,
  { asked, ended, brings = 'her ID token' }: Pick<Decider, 'asked' | 'ended'> & Partial<Pick<Entry, 'brings'>>,
): { why: string; at?: At; finding?: Finding } {
  const { authorizationType = 'NONE', authorizer, apiKeyRequired, route, connectId } = gate;
  // She was admitted before, so what the account requires is right.
  if (brings !== 'her ID token' && status < 500) {
    const isBehind = authorizer === undefined || asked === '$connect';
    const who = isBehind ? 'The function behind $connect' : `The authorizer ${authorizer.name}`;
    const at = isBehind ? connectId : codeOfGate(room, gate);
    return { why: `${who} rejected her. ${AGAIN[brings]}`, at, finding: findings.onlyAtFirst };
  }
  if (authorizationType === 'AWS_IAM') {
    return {
      why: "The route $connect requires requests signed with AWS credentials (AWS_IAM), but the room's users have none: a user pool issues tokens. Only an identity pool could exchange them for credentials, and the room has none.",
      finding: findings.wrongProof,
      at: route,
    };
  }
  if (apiKeyRequired) {
    return {
      why: "The route $connect requires an API key, and a browser can't send one with a socket. A shared key wouldn't identify anyone, either.",
      finding: findings.wrongProof,
      at: route,
    };
  }
  const others = authorizer?.identitySources.filter((source) => source !== TOKEN_SOURCE) ?? [];
  const header = others.find((source) => /^route\.request\.header\./i.test(source));
  if (status === 401 && header !== undefined) {
    const name = header.replace(/^route\.request\.header\./i, '');
    const isAlone = authorizer?.identitySources.length === 1;
    const rest = isAlone
      ? `The token is in the URL: ${TOKEN_SOURCE}.`
      : `A handshake needs all of the authorizer's identity sources: ${authorizer?.identitySources.join(', ')}.`;
    return {
      why: `The authorizer ${authorizer?.name} expects the header ${name}, but ${whyNoHeader(name, isAlone)} ${rest}`,
      finding: findings.wrongSource,
      at: route,
    };
  }
  if (status === 401 && others.length > 0) {
    return {
      why: `The authorizer ${authorizer?.name} expects ${others.join(', ')}, but clients only send ${TOKEN_SOURCE}.`,
      finding: findings.wrongSource,
      at: route,
    };
  }
  if (authorizer?.isFunctionGone) {
    return { why: `The function of the authorizer ${authorizer.name}, ${authorizer.functionName}, doesn't exist.` };
  }
  if (authorizer?.mayBeInvoked === false) {
    return {
      why: `API Gateway isn't allowed to invoke the function of the authorizer ${authorizer.name} (it needs lambda:InvokeFunction for apigateway.amazonaws.com, on …/authorizers/${authorizer.id}).`,
      finding: findings.noPermission,
    };
  }
  if (authorizer === undefined) {
    return {
      why:
        status >= 500
          ? 'The function behind $connect failed; its log says why.'
          : "The function behind $connect rejected her. Does it read `?token=`, and does it know this stack's user pool and client?",
    };
  }
  if (status === FAILED_BEHIND_CONNECT)
    return { why: 'The function behind $connect failed; its log says why.', finding: findings.crashes, at: connectId };
  if (status >= 500) {
    return {
      why: whyItFailed(authorizer, gate, ended),
      at: placeOfFailure(room, gate, ended),
      finding: findings.crashes,
    };
  }
  if (asked === '$connect') {
    return {
      why: `The authorizer ${authorizer.name} admitted her, and the function behind $connect rejected her.`,
      at: connectId,
    };
  }
  return {
    why: `The authorizer ${authorizer.name} rejected her. Does its function read \`?token=\`, does it expect an ID token, does it know this stack's user pool and client, and does its policy name the methodArn that it got?`,
    at: codeOfOwn(room, gate),
  };
}

/** A page can choose one header of its handshake, the subprotocol, but the contract doesn't use it. */
function whyNoHeader(name: string, isAlone: boolean): string {
  switch (name.toLowerCase()) {
    case 'authorization':
      return `a browser can't set headers on a socket.${isAlone ? " That header is the CDK's default if there is no `identitySource`." : ''}`;
    case 'cookie':
      return "clients don't send one: a browser only sends cookies that the API itself has set, and it sets none.";
    case 'sec-websocket-protocol':
      return "clients don't send one: a browser puts a page's subprotocols there, and the contract doesn't use them.";
    default:
      return "a browser can't set headers on a socket.";
  }
}

/** Why a room must admit somebody again. */
const AGAIN = {
  'a renewed ID token':
    'Only `exp` says how long a token is valid: a renewed one has the `auth_time` and `origin_jti` of its sign-in.',
  'a new ID token': 'People have several windows, and lose connections: a room admits them each time.',
} as const;
