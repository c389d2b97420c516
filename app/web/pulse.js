// A socket whose network is gone looks open for minutes: no packet says that it ended. Browsers answer WebSocket pings but
// can't send any (https://websockets.spec.whatwg.org/#ping-and-pong-frames), and `navigator.onLine` only knows the machine's
// own interfaces. So something has to be sent that must be answered:
//
// - A message through the room, to `$default`: it finds every dead socket. But API Gateway bills it and its answer, it invokes
//   a function, and it keeps an idle connection open that would end after 10 minutes. Every few seconds and tab, it would fill
//   the logs and the trace that people came here to read. So this probe is sent only in doubt: when something that was
//   said has had no answer, error or other message after it.
// - In between, the page's server is asked whether the room's host answers at all: free, and unknown to the room. It finds
//   networks that are gone, not a single connection that was lost.
//   https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-overview.html

/** How often the room's host is asked for, in milliseconds. Together with two answers that don't come, this is below 10 s. */
const EVERY = 2_500;
const PAUSE = 500;
/** The room can take this long to answer before there is doubt, and then this long to answer the probe. */
const DOUBT_AFTER = 4_000;
const DEAD_AFTER = 4_000;

const PROBE = 'still-there?';

/** Another server can serve this page, too. One that doesn't know the question isn't asked again. */
let canBeAsked = true;

/** Watches over an open socket: `send` sends a frame on it, and `onDead` is called once if nothing can be on its other side. */
export function watchPulse({ send, onDead }) {
  /** Probes without an answer so far. */
  let probes = 0;
  let doubt;
  let next;
  let isLooking = false;
  let isOver = false;
  /** Whether its host has answered since the socket opened. A server that can never reach it proves nothing. */
  let wasThere = false;

  /** A tab that nobody looks at asks nothing: it looks when it is seen again. */
  async function look() {
    if (!canBeAsked && !navigator.onLine) return die();
    if (isLooking || !canBeAsked || document.hidden) return;
    isLooking = true;
    clearTimeout(next);
    if (await isGone()) die();
    isLooking = false;
    if (!isOver) next = setTimeout(look, EVERY);
  }

  /** One answer can be late; two are not there. */
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
    /** Something was said, and something has to come back. */
    said() {
      doubt ??= setTimeout(probe, DOUBT_AFTER);
    },

    /** A frame came: the socket is alive. Returns whether it only answers a probe, so that nobody has to see it. */
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

/** Returns whether the room's host answers the page's server; undefined if that can't be known. */
async function isHostThere() {
  try {
    const response = await fetch('reachable.json', { cache: 'no-store', signal: AbortSignal.timeout(2 * EVERY) });
    canBeAsked = response.status !== 404;
    return response.ok ? (await response.json()).reachable : undefined;
  } catch {
    return navigator.onLine ? undefined : false;
  }
}
