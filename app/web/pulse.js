// A socket looks open for minutes after its network is gone: no packet says that it ended. Browsers answer WebSocket pings
// but can't send any (https://websockets.spec.whatwg.org/#ping-and-pong-frames), and `navigator.onLine` only knows the
// machine's own interfaces. So the page has to send something that requires an answer:
//
// - A message through the room, to `$default`: it finds every dead socket. But API Gateway bills it and its answer, it
//   invokes a function, and it keeps idle connections open that would end after 10 minutes. Sent every few seconds by each
//   tab, it would fill the logs and the trace. So the page sends this probe only in doubt: if nothing came after a message
//   that it sent.
// - In between, the page asks its server whether the room's host answers at all. That is free, and the room doesn't notice.
//   It finds networks that are gone, but not single lost connections.
//   https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-overview.html

/** How often the page asks about the room's host, in milliseconds. With two missing answers, the total is below 10 s. */
const EVERY = 2_500;
const PAUSE = 500;
/** How long the room has to answer a message, and then the probe, in milliseconds. */
const DOUBT_AFTER = 4_000;
const DEAD_AFTER = 4_000;

const PROBE = 'still-there?';

/** False once a server has answered 404: other servers can serve this page, too. */
let canBeAsked = true;

/** Watches an open socket. `send` sends a frame on it; `onDead` is called once if its other side is gone. */
export function watchPulse({ send, onDead }) {
  /** Probes without an answer so far. */
  let probes = 0;
  let doubt;
  let next;
  let isLooking = false;
  let isOver = false;
  /** Whether the host has answered since the socket opened. A server that can never reach it proves nothing. */
  let wasThere = false;

  /** A hidden tab doesn't ask until it is visible again. */
  async function look() {
    if (!canBeAsked && !navigator.onLine) return die();
    if (isLooking || !canBeAsked || document.hidden) return;
    isLooking = true;
    clearTimeout(next);
    if (await isGone()) die();
    isLooking = false;
    if (!isOver) next = setTimeout(look, EVERY);
  }

  /** One missing answer can be late; two mean that the host is gone. */
  async function isGone() {
    const isThere = await isHostThere();
    if (isThere === true) wasThere = true;
    if (isThere !== false || !wasThere) return false;
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    return (await isHostThere()) === false;
  }

  function die() {
    if (isOver) return;
    stop();
    onDead();
  }

  function probe() {
    probes += 1;
    send({ action: PROBE });
    doubt = setTimeout(die, DEAD_AFTER);
  }

  function stop() {
    isOver = true;
    clearTimeout(next);
    clearTimeout(doubt);
    removeEventListener('offline', look);
    document.removeEventListener('visibilitychange', look);
  }

  addEventListener('offline', look);
  document.addEventListener('visibilitychange', look);
  look();

  return {
    /** The visitor sent a message, so something has to come back. */
    said() {
      doubt ??= setTimeout(probe, DOUBT_AFTER);
    },

    /** A frame came, so the socket is alive. Returns whether it only answers a probe and shouldn't be shown. */
    heard(frame) {
      clearTimeout(doubt);
      doubt = undefined;
      const answers = probes > 0 && frame?.kind === 'error' && (frame.isGateways || frame.text.includes(PROBE));
      if (answers) probes -= 1;
      return answers;
    },

    stop,
  };
}

/** Returns whether the room's host answers the page's server; undefined if unknown. */
async function isHostThere() {
  try {
    const response = await fetch('reachable.json', { cache: 'no-store', signal: AbortSignal.timeout(2 * EVERY) });
    canBeAsked = response.status !== 404;
    return response.ok ? (await response.json()).reachable : undefined;
  } catch {
    return navigator.onLine ? undefined : false;
  }
}
