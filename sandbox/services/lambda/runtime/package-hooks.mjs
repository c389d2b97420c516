// The same choice for Node 20, whose module hooks run in a thread of their own.
import { choose } from './package-choice.mjs';

let folders;

export function initialize(data) {
  folders = data;
}

export function resolve(name, context, next) {
  return choose(name, context, next, folders);
}
