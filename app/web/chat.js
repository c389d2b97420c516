import { focusComposer, onSay, setConnected } from './composer.js';
import { needsNewPage, readConfig } from './config.js';
import { RoomGone, stayConnected } from './connection.js';
import { readFrame } from './frames.js';
import { showGameDay } from './game-day.js';
import { byName } from './join.js';
import { clearMessages, showError, showMessage, showNote } from './messages.js';
import { openOutbox } from './outbox.js';
import { watchPulse } from './pulse.js';
import { hideRefusal, showRefusal } from './refusal.js';
import { offerScene } from './scene.js';
import { SessionEnded } from './session.js';
import { bySignIn } from './sign-in.js';
import { onRetry, showState } from './status.js';
import { showWhere } from './where.js';

const room = document.getElementById('room');
const leave = document.getElementById('leave');

let config = await readConfig();
offerScene(config.scene === true);
showGameDay(config.game === true);
const door = config.signIn === undefined ? byName() : bySignIn(config.signIn, config.mail === true);

const returning = door.whoWasHere();
if (returning === undefined) waitAtDoor(config.gone);
else enter(returning);

/** Shows the entrance. `reason`: why somebody has to sign in again, one sentence. */
function waitAtDoor(reason) {
  showWhere(config.lab);
  door.ask(enter, reason);
}

/** One visit to the room, from joining to leaving. */
function enter(visitor) {
  let heardBefore = false;
  let pulse;

  const connection = stayConnected({
    address: () =>
      addressFor(visitor).catch((error) => {
        if (error instanceof SessionEnded) goAway(error.message);
        throw error;
      }),
    isThere: visitor.isThere,
    onState(state) {
      showState(state);
      if (state.state === 'refused')
        showRefusal(visitor, { goesOn: state.goesOn, onAgain: connection.retryNow, onAway: leaveRoom });
      else if (state.state !== 'connecting') hideRefusal();
      if (state.state !== 'connecting') room.hidden = state.state === 'refused';
      setConnected(state.state === 'connected');
      pulse?.stop();
      pulse = undefined;
      if (state.state === 'connected') {
        pulse = watchPulse({ send: connection.send, onDead: connection.giveUp });
        // A room with a history sends it on request: `$connect` itself can't post to the new connection yet.
        if (config.history !== undefined) connection.send({ action: config.history });
        else if (heardBefore) showNote("Reconnected. Messages sent in between aren't shown.");
        heardBefore = true;
      }
      if (state.state === 'lost') outbox.failAll();
    },
    onFrame(data) {
      const frame = readFrame(data);
      if (pulse?.heard(frame) || frame === undefined) return;
      if (frame.kind === 'message') return showMessage({ ...frame, own: outbox.hasSaid(frame) });
      outbox.failOldest();
      showError(frame);
    },
  });

  const outbox = openOutbox({
    visitor,
    send(text) {
      const isSent = connection.send({ action: 'sendmessage', text });
      if (isSent) pulse?.said();
      return isSent;
    },
  });
  onSay(outbox.say);
  onRetry(connection.retryNow);

  function leaveRoom() {
    visitor.leave();
    goAway();
  }

  function goAway(reason) {
    connection.leave();
    pulse?.stop();
    outbox.close();
    clearMessages();
    showState({ state: 'left' });
    hideRefusal();
    room.hidden = true;
    leave.hidden = true;
    waitAtDoor(reason);
  }

  leave.onclick = leaveRoom;
  leave.textContent = visitor.leaving;
  showWhere(config.lab, visitor);
  room.hidden = false;
  leave.hidden = false;
  focusComposer();
}

/** Called before each connection, because a redeployed room may have another address. */
async function addressFor(visitor) {
  const before = config;
  config = await readConfig().catch(() => config);
  if (needsNewPage(before, config)) location.reload();
  if (config.gone !== undefined) throw new RoomGone(config.gone);
  const address = new URL(config.room);
  for (const [key, value] of Object.entries(await visitor.query())) address.searchParams.set(key, value);
  return address.href;
}
