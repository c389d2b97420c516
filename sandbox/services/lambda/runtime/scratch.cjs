// A function's `/tmp` is its own folder, as on AWS, where no two environments share one.
const fs = require('node:fs');
const { join, resolve, sep } = require('node:path');
const { fileURLToPath } = require('node:url');

const onePath = [
  ...['access', 'appendFile', 'chmod', 'chown', 'createReadStream', 'createWriteStream', 'exists', 'lchown', 'lstat'],
  ...[
    'lutimes',
    'mkdir',
    'mkdtemp',
    'open',
    'openAsBlob',
    'opendir',
    'readFile',
    'readdir',
    'readlink',
    'realpath',
    'rm',
  ],
  ...['rmdir', 'stat', 'statfs', 'truncate', 'unlink', 'unwatchFile', 'utimes', 'watch', 'watchFile', 'writeFile'],
];
const twoPaths = ['copyFile', 'cp', 'link', 'rename', 'symlink'];

/**
 * Redirects every path in `/tmp` into the folder `scratch`, except for the folders of the account or of packages, which
 * may be there.
 */
function redirectTmp(scratch, folders) {
  for (const [count, names] of [
    [1, onePath],
    [2, twoPaths],
  ]) {
    for (const name of names) {
      replace(fs, name, count);
      replace(fs, `${name}Sync`, count);
      replace(fs.promises, name, count);
    }
  }

  function replace(owner, name, count) {
    const original = owner[name];
    if (typeof original !== 'function') return;
    const replaced = function (...args) {
      for (let index = 0; index < count; index += 1) args[index] = moved(args[index]);
      return original.apply(this, args);
    };
    owner[name] = Object.assign(replaced, original);
  }

  function moved(path) {
    const named = path instanceof URL && path.protocol === 'file:' ? fileURLToPath(path) : path;
    if (typeof named !== 'string' || !named.startsWith('/tmp')) return path;
    const whole = resolve(named);
    if (whole !== '/tmp' && !whole.startsWith('/tmp/')) return path;
    const isOurs = folders.some((folder) => whole.startsWith(folder + sep));
    return isOurs ? path : join(scratch, named.slice('/tmp'.length));
  }
}

module.exports = { redirectTmp };
