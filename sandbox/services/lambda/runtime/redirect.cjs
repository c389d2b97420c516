// Redirects AWS's own addresses to the practice account. The Host header stays, so signatures stay valid.
const http = require('node:http');
const https = require('node:https');
const { syncBuiltinESMExports } = require('node:module');
const { Link } = require('./link.cjs');
const { isForLink, LinkedCall } = require('./linked-call.cjs');

const awsHost = /(^|\.)amazonaws\.com$/i;

/**
 * Sends requests for `https://….amazonaws.com` to the account at `endpoint`, through `https` and `fetch`. `hosts`
 * selects AWS host names, by default all of them; with `isLinked`, the SDK's calls take the account's own link.
 */
function redirect(endpoint, { hosts = awsHost, isLinked = false } = {}) {
  const link = isLinked ? new Link(endpoint) : undefined;
  const { hostname, port } = new URL(endpoint);
  // Fifty posts at once are usual in a chat room: each socket is reused for the next fifty. A room of a thousand people
  // queues, or each process would hold a thousand sockets. The account allows 256 per client.
  const agent = new http.Agent({ keepAlive: true, maxSockets: 256, maxFreeSockets: 256 });
  const { request, get } = https;

  https.request = (...args) => plain(http.request, args, link) ?? request.apply(https, args);
  // Without a link: `get` ends its request, and the SDK doesn't use it.
  https.get = (...args) => plain(http.get, args) ?? get.apply(https, args);
  syncBuiltinESMExports();

  function plain(send, args, over) {
    const { options, callback } = normalize(args);
    const host = options.hostname ?? options.host ?? '';
    if (!hosts.test(host.replace(/:\d+$/, ''))) return undefined;
    const authority = options.port && Number(options.port) !== 443 ? `${host}:${options.port}` : host;
    const headers = withHost(options.headers, authority);
    if (over !== undefined && isForLink(options, headers)) return new LinkedCall(over, options, headers, callback);
    // Overriding members of a spread object takes V8 ten times as long.
    return send(
      Object.assign({}, options, { protocol: 'http:', agent, hostname, host: hostname, port, headers }),
      callback,
    );
  }

  const { fetch } = globalThis;
  globalThis.fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.protocol !== 'https:' || !hosts.test(url.hostname)) return fetch(input, init);
    return fetch(input, { ...init, dispatcher: dispatcherTo(endpoint) });
  };
}

/** Fetch sets the Host header itself, from the URL. So the URL stays, and only the connection is redirected. */
function dispatcherTo(endpoint) {
  return {
    dispatch(options, handler) {
      const real =
        globalThis[Symbol.for('undici.globalDispatcher.1')] ?? globalThis[Symbol.for('undici.globalDispatcher.2')];
      const headers = withHost(options.headers, new URL(options.origin).host);
      return real.dispatch({ ...options, origin: endpoint, headers }, handler);
    },
  };
}

/** Normalizes the three ways to call `https.request`. */
function normalize(args) {
  const [first, second, third] = args;
  if (typeof first !== 'string' && !(first instanceof URL)) return { options: first ?? {}, callback: second };
  const url = new URL(first);
  const options = {
    hostname: url.hostname,
    port: url.port,
    path: url.pathname + url.search,
    ...(url.username === '' ? {} : { auth: `${url.username}:${url.password}` }),
    ...(typeof second === 'function' ? {} : second),
  };
  return { options, callback: typeof second === 'function' ? second : third };
}

function withHost(headers = {}, host) {
  if (Array.isArray(headers)) {
    const names = headers.map((name, index) => (index % 2 === 0 ? String(name).toLowerCase() : ''));
    return names.includes('host') ? headers : [...headers, 'host', host];
  }
  return Object.keys(headers).some((name) => name.toLowerCase() === 'host') ? headers : { ...headers, host };
}

module.exports = { redirect };
