// The keys of the log viewer. `log` has: goto(line), toggleFollow(follow), following, scrollRows(n),
// scrollWindow(n), find().

/** Keys that work while the log has the focus. */
export function logKeys(view, log) {
  const moves = {
    ArrowUp: () => log.scrollRows(-1),
    ArrowDown: () => log.scrollRows(1),
    PageUp: () => log.scrollWindow(-1),
    PageDown: () => log.scrollWindow(1),
    Home: () => log.goto(1),
    End: () => log.toggleFollow(true),
  };
  view.addEventListener('keydown', (event) => {
    if (!held(event) && !event.shiftKey && Object.hasOwn(moves, event.key)) {
      event.preventDefault();
      moves[event.key]();
    }
  });
}

/** Keys that work wherever nobody is typing; a listener for the document. */
export function logKeysAnywhere(log) {
  return (event) => {
    const typing = event.target.closest?.('input, textarea, select, [contenteditable]');
    if (held(event) || typing || event.defaultPrevented) {
      return;
    }
    if (event.key === '/') {
      event.preventDefault();
      log.find();
    } else if (event.key === 'f') {
      event.preventDefault();
      log.toggleFollow(!log.following);
    }
  };
}

function held(event) {
  return event.ctrlKey || event.metaKey || event.altKey;
}
