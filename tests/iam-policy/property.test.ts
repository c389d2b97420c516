import { expect, test } from 'vitest';
import type { AttachedPolicy } from '../../sandbox/iam-policy/decision.ts';
import { evaluate } from '../../sandbox/iam-policy/evaluate.ts';
import { parsePolicy } from '../../sandbox/iam-policy/parse.ts';
import { type Outcome, obviously, type PlainPolicy, type PlainRequest } from './obvious-evaluator.ts';
import { randomRequest } from './random-request.ts';

/** Another run: `POLICY_SEED=5 POLICY_CASES=100000 npx vitest run tests/iam-policy`. */
const first = Number(process.env.POLICY_SEED ?? 20_261_124);
const cases = Number(process.env.POLICY_CASES ?? 3000);

test(`the evaluator and an obvious one agree on ${cases} random requests from seed ${first} on`, () => {
  const seen: Record<Outcome, number> = { allowed: 0, explicitDeny: 0, implicitDeny: 0 };
  for (let seed = first; seed < first + cases; seed++) {
    const request = randomRequest(seed);
    const expected = obviously(request);
    const actual = decide(request);
    seen[expected]++;
    if (actual !== expected) {
      expect.fail(
        `seed ${seed}: ${actual}, obviously ${expected} (POLICY_SEED=${seed} POLICY_CASES=1)\n${JSON.stringify(request, undefined, 2)}`,
      );
    }
  }
  // If nearly all random requests had the same outcome, agreement would mean little.
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(cases / 10);
});

function decide({ identity, resourcePolicy, trust, boundary, session, ...request }: PlainRequest): Outcome {
  return evaluate({
    ...request,
    identityPolicies: identity.map(attached),
    ...(resourcePolicy && { resourcePolicies: [attached(resourcePolicy)] }),
    ...(trust && { trustPolicy: attached(trust) }),
    ...(boundary && { permissionsBoundary: attached(boundary) }),
    ...(session && { sessionPolicies: session.map(attached) }),
  }).decision;
}

function attached(document: PlainPolicy): AttachedPolicy {
  return { policy: parsePolicy(document) };
}
