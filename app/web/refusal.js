const section = document.getElementById('refused');
const title = document.getElementById('refused-title');
const why = document.getElementById('refused-why');
const next = document.getElementById('refused-next');
const again = document.getElementById('refused-again');
const away = document.getElementById('refused-away');

/**
 * Tells somebody that the room does not let them in, why, and what they can do; `leaving` is what going away is called.
 * `goesOn`: whether the page tries again by itself.
 */
export function showRefusal({ refusal, leaving, isKnown }, { goesOn, onAgain, onAway }) {
  why.replaceChildren(...refusal.why);
  next.textContent = goesOn ? `The page goes on trying. ${refusal.next}` : refusal.next;
  away.textContent = leaving;
  // What is to be done first stands out.
  away.classList.toggle('plain', isKnown === true);
  again.classList.toggle('plain', isKnown !== true);
  again.onclick = onAgain;
  away.onclick = onAway;
  // Said once: who reads it, or has gone on to a button, is left there when it is so again.
  if (!section.hidden) return;
  section.hidden = false;
  title.focus();
}

export function hideRefusal() {
  section.hidden = true;
}
