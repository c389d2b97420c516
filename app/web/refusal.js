const section = document.getElementById('refused');
const title = document.getElementById('refused-title');
const why = document.getElementById('refused-why');
const next = document.getElementById('refused-next');
const again = document.getElementById('refused-again');
const away = document.getElementById('refused-away');

/**
 * Tells somebody that the room rejects them, why, and what they can do; `leaving` labels the button for leaving.
 * `goesOn`: whether the page retries automatically.
 */
export function showRefusal({ refusal, leaving, isKnown }, { goesOn, onAgain, onAway }) {
  why.replaceChildren(...refusal.why);
  next.textContent = goesOn ? `The page keeps trying. ${refusal.next}` : refusal.next;
  away.textContent = leaving;
  // The most important action stands out.
  away.classList.toggle('plain', isKnown === true);
  again.classList.toggle('plain', isKnown !== true);
  again.onclick = onAgain;
  away.onclick = onAway;
  // Announced once: somebody who is reading it, or has moved to a button, isn't interrupted when it happens again.
  if (!section.hidden) return;
  section.hidden = false;
  title.focus();
}

export function hideRefusal() {
  section.hidden = true;
}
