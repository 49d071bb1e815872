// Talks to /api: what is asked of the page goes along, a write bears the token, an error is one sentence.

import { pageData, word } from "./dom.js";

/** What the server would not do; `status` and `code` are those of its envelope. */
export class Refused extends Error {
  constructor(message, status = 0, code = "") {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** A URL of ours with what is asked of the page (region, day, language) and `more`. */
export function url(path, more = {}) {
  const told = new URLSearchParams(pageData.asked);
  for (const [key, value] of Object.entries(more)) {
    if (value !== null && value !== undefined && value !== "") told.set(key, value);
  }
  const query = told.toString();
  return query ? `${path}?${query}` : path;
}

async function answered(request) {
  let response;
  try {
    response = await request;
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refused(word("unreachable"));
  }
  if (response.ok) return response;
  let problem = {};
  try {
    problem = (await response.json()).error ?? {};
  } catch {
    // No envelope: the status alone tells.
  }
  throw new Refused(problem.message ?? `${word("failed")} (${response.status})`, response.status, problem.code);
}

/** The JSON of a path under /api. */
export async function getJson(path, more = {}, signal = undefined) {
  return (await answered(fetch(url(path, more), { signal, headers: { Accept: "application/json" } }))).json();
}

/** A piece of a page, as HTML that the server has escaped. */
export async function getFragment(path, more = {}, signal = undefined) {
  return (await answered(fetch(url(path, more), { signal, headers: { Accept: "text/html", "X-Fragment": "1" } }))).text();
}

/** Sends a write: an object as JSON, a FormData as it is. */
export async function send(path, body, method = "POST") {
  const headers = { "X-CSRF-Token": pageData.csrf };
  const form = body instanceof FormData;
  if (!form) headers["Content-Type"] = "application/json";
  return (await answered(fetch(url(path), { method, headers, body: form ? body : JSON.stringify(body) }))).json();
}
