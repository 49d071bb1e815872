// What is seen stands in the URL: reads and writes its parameters without a new page.

/** The value of a parameter; null where the URL has none. */
export function asked(name) {
  return new URLSearchParams(location.search).get(name);
}

/** Sets parameters (null or "" removes one). `step` leaves an entry in the history, so that "back" goes there. */
export function tell(parameters, step = false) {
  const here = new URL(location.href);
  for (const [key, value] of Object.entries(parameters)) {
    if (value === null || value === undefined || value === "") here.searchParams.delete(key);
    else here.searchParams.set(key, value);
  }
  history[step ? "pushState" : "replaceState"](null, "", here);
}
