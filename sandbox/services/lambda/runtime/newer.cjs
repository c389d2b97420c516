// What AWS's newer runtimes have and an older Node.js on the learner's machine lacks: a function that needs it works on
// AWS, so it must work here. Only what is missing is defined, as far as handlers use it (https://node.green).

const iteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf([].values()));

/** By the major version of the runtime that brought it. */
const newer = {
  22: () => {
    define(Array, {
      async fromAsync(items, map, thisArg) {
        const isIterable = items[Symbol.asyncIterator] !== undefined || items[Symbol.iterator] !== undefined;
        const result = [];
        for await (const item of isIterable ? items : Array.from(items)) {
          result.push(map === undefined ? item : await map.call(thisArg, item, result.length));
        }
        return result;
      },
    });
    define(Promise, {
      withResolvers() {
        const parts = {};
        parts.promise = new this((resolve, reject) => Object.assign(parts, { resolve, reject }));
        return parts;
      },
    });
    define(Map, { groupBy });
    define(Object, {
      groupBy(items, keyOf) {
        const groups = groupBy(items, (item, index) => asPropertyKey(keyOf(item, index)));
        return Object.assign(Object.create(null), Object.fromEntries(groups));
      },
    });
    define(Set.prototype, {
      union(other) {
        return new Set([...this, ...asSet(other).keys()]);
      },
      intersection(other) {
        return new Set([...this].filter((value) => asSet(other).has(value)));
      },
      difference(other) {
        return new Set([...this].filter((value) => !asSet(other).has(value)));
      },
      symmetricDifference(other) {
        return new Set([...this.difference(other), ...[...asSet(other).keys()].filter((value) => !this.has(value))]);
      },
      isSubsetOf(other) {
        return [...this].every((value) => asSet(other).has(value));
      },
      isSupersetOf(other) {
        return [...asSet(other).keys()].every((value) => this.has(value));
      },
      isDisjointFrom(other) {
        return ![...this].some((value) => asSet(other).has(value));
      },
    });
    define(iteratorPrototype, {
      *map(change) {
        let index = 0;
        for (const value of this) yield change(value, index++);
      },
      *filter(isWanted) {
        let index = 0;
        for (const value of this) if (isWanted(value, index++)) yield value;
      },
      *flatMap(change) {
        let index = 0;
        for (const value of this) yield* change(value, index++);
      },
      *take(count) {
        let left = count;
        if (left > 0)
          for (const value of this) {
            yield value;
            if (--left <= 0) return;
          }
      },
      *drop(count) {
        let index = 0;
        for (const value of this) if (index++ >= count) yield value;
      },
      find(isWanted) {
        let index = 0;
        for (const value of this) if (isWanted(value, index++)) return value;
      },
      some(isWanted) {
        let index = 0;
        for (const value of this) if (isWanted(value, index++)) return true;
        return false;
      },
      every(isWanted) {
        return !this.some((value, index) => !isWanted(value, index));
      },
      forEach(visit) {
        let index = 0;
        for (const value of this) visit(value, index++);
      },
      reduce(...parts) {
        return [...this].reduce(...parts);
      },
      toArray() {
        return [...this];
      },
    });
  },
  24: () => {
    define(Promise, {
      try(call, ...parameters) {
        return new this((resolve) => resolve(call(...parameters)));
      },
    });
    define(Error, { isError: require('node:util').types.isNativeError });
  },
};

/** Defines what the runtime has and the running Node.js lacks: `runtime` is `AWS_Lambda_nodejs24.x`. */
function defineNewer(runtime) {
  const [wanted, running] = [/\d+/.exec(runtime)?.[0], process.versions.node.split('.')[0]].map(Number);
  for (const [version, defineAll] of Object.entries(newer)) {
    if (running < Number(version) && Number(version) <= wanted) defineAll();
  }
}

function define(object, members) {
  for (const [name, value] of Object.entries(members)) {
    if (!Object.hasOwn(object, name)) {
      Object.defineProperty(object, name, { value, writable: true, configurable: true });
    }
  }
}

/** Throws what a set's own methods throw: a list is no set, though it has keys. */
function asSet(other) {
  if (Number.isNaN(Number(other?.size))) throw new TypeError("The 'size' property must be a number");
  return other;
}

function asPropertyKey(key) {
  return typeof key === 'symbol' ? key : String(key);
}

function groupBy(items, keyOf) {
  const groups = new Map();
  let index = 0;
  for (const item of items) {
    const key = keyOf(item, index++);
    if (groups.has(key)) groups.get(key).push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

module.exports = { defineNewer };
