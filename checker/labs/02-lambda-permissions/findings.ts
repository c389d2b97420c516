import type { Finding } from '../../checking/check.ts';
import type { NearMiss } from './near-miss.ts';

// Mistakes that can be found in the function's permissions, each with hints that start where the learner is. The
// checks' own hints are for a role without the permission, and for one with too many in some other way.

const patch = 'In stack.ts, after the stage:';

export const anotherStatement: Finding = {
  id: 'another-statement',
  hints: [
    "A statement comes close now, but it doesn't allow the function the call that was denied.",
    'Compare the denied call, which `npx lab check 02` shows, with what you wrote: first the action, then the resource, then whose role it is.',
    'Managing an API, connecting to it as a client, and posting to connected clients are different actions. The resource has parts, too: API, stage, method, path. A statement allows a call only if all of them match, and a role has only the permissions that were granted to it.',
    patch,
  ],
};

export const anotherResource: Finding = {
  id: 'another-resource',
  hints: [
    'A statement allows the function the denied action now, but on another resource.',
    "`npx lab check 02` shows the resource of the denied call, and how your statement's differs. Compare them part by part, from the left: service, region, account, API, stage, method, path.",
    "A statement allows a call only if both the action and the resource match. A connection is arn:aws:execute-api:<region>:<account>:<api>/<stage>/POST/@connections/<connection>. In the CDK, a grant is for the resource that you call it on: in this stack, `connections` is the table, so `connections.grants.actions(…)` names the table's ARN, whatever the action is.",
    'How your stack.ts differs from the solution:',
  ],
};

export const resourcePolicy: Finding = {
  id: 'resource-policy',
  hints: [
    "You added to the function's resource policy. The denied call doesn't depend on that policy.",
    'Two policies meet at a function. `npx lab check 02` shows who made the denied call. Which of the two policies says what that caller can do?',
    "The resource policy says who can invoke the function. The role's policies say what the function can call, and posting to a connection is a call by the function. The CDK adds a statement to the role when you call a `grant…` method on the resource to be used: here the stage, or the API.",
    patch,
  ],
};

export const afterSynth: Finding = {
  id: 'after-synth',
  hints: [
    'The grant is in stack.ts, but `npx lab deploy 02` deploys a stack without it.',
    'In which order does the program run? Compare the line that grants the permission with the line that ends the program.',
    '`app.synth()` writes the templates that are deployed. Code after it still runs, but what it adds is in no template. So everything that belongs to the stack comes before it.',
    'The grant in the solution, before `app.synth()`:',
  ],
};

/** By where a change that was meant to be the grant goes wrong. */
export const missed: Readonly<Record<NearMiss['of'], Finding>> = {
  resource: anotherResource,
  statement: anotherStatement,
  policy: resourcePolicy,
  order: afterSynth,
};

export const denied: Finding = {
  id: 'denied',
  hints: [
    'One policy allows the call, and another denies it.',
    'The check names what denies it. Where does that come from: a statement with `Effect: DENY`, a permissions boundary, a policy of the organization?',
    "IAM denies by default. A statement with Allow overrides that, and any explicit Deny overrides every Allow. A permissions boundary is a ceiling: anything outside of it is denied, too. So another grant won't help. Remove the denial, or exclude this one action from it.",
    'How your stack.ts differs from the solution:',
  ],
};

export const borrowed: Finding = {
  id: 'borrowed',
  hints: [
    "Messages arrive again, but they are sent with somebody else's credentials.",
    'The check says whose credentials the function uses. Find where it gets them, and remove that.',
    "A function has a role and gets short-lived credentials for it automatically, so nobody has to store any. Stored keys, other roles and helper functions are more things that can leak, and with them the logs don't show who really made the call.",
    patch,
  ],
};

export const spreading: Finding = {
  id: 'spreading',
  hints: [
    "The role's policies allow the function to post now, but the call was denied.",
    "Wait a minute, and check again: `npx lab check 02`. If it stays that way, see which role was denied: the function's log names it.",
    'IAM changes take a few seconds to spread. If the call is still denied after that, it was made by a different role than the one that was checked.',
    patch,
  ],
};

export const anotherAddress: Finding = {
  id: 'another-address',
  hints: [
    'The function is allowed to post to this room, but it posts to another address.',
    "Compare the denied call, which `npx lab check 02` shows, with the room's address: region, API and stage. Where does the function get the endpoint of its client?",
    'A client for `@connections` needs the endpoint of the stage that people are connected to, `https://<domainName>/<stage>`. Each event has both in its `requestContext`. An address that is written into code or configuration can be that of another stage or API, and IAM decides on the address that is called.',
    'How your files differ from the solution:',
  ],
};

export const everyApi: Finding = {
  id: 'every-api',
  hints: [
    'The function is allowed the right action, on too many resources.',
    'Look at the resource of the statement that lets it post. Which part of it is a wildcard, and how many rooms does that include?',
    "An account can have many APIs, and a `*` instead of an API id means all of them, including those created next year. Anyone who takes over this function can post to each of those rooms. The construct for this room's stage can write the exact ARN.",
    'Instead of what you wrote, in stack.ts:',
  ],
};

export const anotherApi: Finding = {
  id: 'another-api',
  hints: [
    "A statement allows the function to post to something that isn't this API.",
    "Compare that statement's resource with this API's ARN, part by part. `npx lab check 02` shows both.",
    "The ARN contains the API's id, as in `api.apiId`: not its name, and not its address. If the id is another one, the statement lets the function post to another room.",
    'Remove that statement, in stack.ts:',
  ],
};

export const keys: Finding = {
  id: 'keys',
  hints: [
    'The function has more than its role: it also carries access keys.',
    "The check says where they are: in the function's environment in stack.ts, or in its code. Which variable or line has them?",
    "Access keys give their owner's permissions to anyone who has them, until they are deactivated. Anyone who can read the function's configuration or its code has them. A function with a role needs none.",
    'Without the keys, in stack.ts:',
  ],
};

export const anotherRole: Finding = {
  id: 'another-role',
  hints: [
    "The function's role has few permissions, but it can assume a role that has more.",
    "The check names the role that it can assume. What allows that: a statement of the function's role, or the trust policy of the other role?",
    'Least privilege includes everything that a role can do indirectly, through roles that it can assume. Within one account either side can be enough: `sts:AssumeRole` granted to the one role, or a trust policy of the other that names it.',
    'Without that path, in stack.ts:',
  ],
};

export const anotherFunction: Finding = {
  id: 'another-function',
  hints: [
    "The function's role has few permissions, but it can control another function that has more.",
    "The check names that function. Look in stack.ts for a permission on it that names this function's role.",
    "A function has a resource-based policy that says who can invoke or change it, and so has each of its versions and aliases. Within one account that is enough: the caller's role needs no statement of its own. Anyone who controls the caller then has the other function's permissions.",
    'Without that permission, in stack.ts:',
  ],
};
