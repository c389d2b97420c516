import type { Finding } from '../../checking/check.ts';

// What may be found of what the function may do, each with the ladder that begins where the learner stands. The checks'
// own ladders are for a role that lacks the permission, and for one that has too much in some other way.

const patch = 'In stack.ts, after the stage:';

export const anotherStatement: Finding = {
  id: 'another-statement',
  hints: [
    'The stack grants something of execute-api now, and it is not what the function was refused.',
    'Put two things side by side: the statement under "missing grant" that `npx lab check 02` shows, and what you wrote. Begin with the action, go on with the resource, and end with whose role it is.',
    'To come in as a client and to post to whoever is in are two different actions. The resource has parts too: API, stage, method, path. A statement allows where all of them fit, and a role has only what is granted to its own function.',
    patch,
  ],
};

export const denied: Finding = {
  id: 'denied',
  hints: [
    'The function is allowed to, and forbidden to at the same time.',
    'The check names what forbids it. Where does that come from: a statement with `Effect: DENY`, a boundary of the role, something above the account?',
    'IAM begins with no. A statement that allows makes it a yes, and any that denies makes it a no again, whoever else allows. A permissions boundary is a ceiling: what is not in it is not allowed either. So no further grant helps; what forbids has to go, or to leave this one action out.',
    'What differs from the solution, in stack.ts:',
  ],
};

export const borrowed: Finding = {
  id: 'borrowed',
  hints: [
    'The room speaks again, with a voice that is not its own.',
    'The check says whose credentials the function uses. Find where it gets them, and take that away.',
    'A function has a role, and gets fresh credentials of it all the time; nobody has to keep them. Keys that are written down, other roles to take on, other functions to do it: each is one more thing that can be lost, and none tells afterwards who it was.',
    patch,
  ],
};

export const spreading: Finding = {
  id: 'spreading',
  hints: [
    'By its policies the function may post now, and it was refused all the same.',
    'Wait a minute, and look again: `npx lab check 02`. If it stays, see as whom the function was refused: the log names the role.',
    'A change of IAM takes some seconds to be known everywhere. After that, a refusal means that whoever asked was somebody else than the role that was looked at.',
    patch,
  ],
};

export const everyApi: Finding = {
  id: 'every-api',
  hints: [
    'The function may do the right thing, in too many places.',
    'Look at the resource of the statement that lets it post. Which part of it is open, and how many rooms does that reach?',
    'An account may have many APIs, and a `*` in place of one means all of them, also those that are made next year. Whoever takes over this function speaks in each of those rooms. The construct that stands for one room knows how to name it.',
    'In place of what you wrote, in stack.ts:',
  ],
};

export const keys: Finding = {
  id: 'keys',
  hints: [
    'The function has more than its role: it carries keys.',
    'Look at the environment of the function in stack.ts: which variables have no business there?',
    'Access keys are their owner, wherever they are, until somebody ends them. Whoever may read the configuration of the function has them. A function with a role needs none.',
    'Without the keys, in stack.ts:',
  ],
};

export const anotherRole: Finding = {
  id: 'another-role',
  hints: [
    'The role of the function may do little, and become somebody who may do more.',
    'The check names the role that it may take on. Who lets it: a statement of the function, or the trust policy of that role?',
    'Least privilege counts what a role may do in the end, with all that it may become. To take on another role within one account, either side may be enough: `sts:AssumeRole` granted to the one, or the one trusted by the other.',
    'Without that way, in stack.ts:',
  ],
};
