// A group of buttons that is one stop for Tab, however many they are; arrow keys, Home and End move
// among them.

const STEPS = { ArrowUp: -1, ArrowDown: 1 };
const SIDES = { ArrowLeft: -1, ArrowRight: 1 };

/** Makes `group` such a group, for as long as it exists. */
export function oneStop(group) {
  group.addEventListener('keydown', (event) => {
    const now = event.target.closest('button');
    if (!now || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) {
      return;
    }
    const to = target(event.key, now, [...group.querySelectorAll('button')]);
    if (to) {
      event.preventDefault();
      stopAt(group, to);
      to.focus();
    }
  });
}

/** Has Tab stop at `button`, which is in `group`. */
export function stopAt(group, button) {
  for (const one of group.querySelectorAll('button')) {
    one.tabIndex = one === button ? 0 : -1;
  }
}

function target(key, now, all) {
  if (key === 'Home') {
    return all[0];
  }
  if (key === 'End') {
    return all.at(-1);
  }
  if (Object.hasOwn(STEPS, key)) {
    return all[all.indexOf(now) + STEPS[key]];
  }
  return Object.hasOwn(SIDES, key) ? beside(now, all, SIDES[key]) : undefined;
}

// The nearest in the next column of that side.
function beside(now, all, side) {
  const way = (one) => side * (one.offsetLeft - now.offsetLeft);
  const off = (one) => Math.abs(one.offsetTop - now.offsetTop);
  return all.filter((one) => way(one) > 0).sort((a, b) => way(a) - way(b) || off(a) - off(b))[0];
}
