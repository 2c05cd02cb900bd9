// Talking to our own server: what it answers, whether it answers, and what time it has.

export interface Answer {
  ok: boolean;
  message: string;
}

/** Signed out, or no longer allowed: asking again does not help. `word` names what is to be said. */
export class ShutOut extends Error {
  readonly word: string;

  constructor(status: number) {
    super(String(status));
    this.word = status === 404 ? "no_access" : "sign_in";
  }
}

let ahead = 0; // milliseconds that the server's clock is ahead of this machine's

/** The server's time: many an office computer's own clock is wrong. */
export function now(): number {
  return Date.now() + ahead;
}

export function setServerTime(seconds: number): void {
  ahead = seconds * 1000 - Date.now();
}

function token(): string {
  return document.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
}

async function ask(address: string, accept: string): Promise<Response> {
  const response = await fetch(address, {
    headers: { Accept: accept },
    cache: "no-store",
    signal: AbortSignal.timeout(8000),
  });
  if ([401, 403, 404].includes(response.status)) throw new ShutOut(response.status);
  if (!response.ok) throw new Error(String(response.status));
  return response;
}

export async function getJson<T>(address: string): Promise<T> {
  return (await (await ask(address, "application/json")).json()) as T;
}

/** A piece of a page, parsed but not yet shown. */
export async function getParts(address: string): Promise<Document> {
  const text = await (await ask(address, "text/html")).text();
  return new DOMParser().parseFromString(text, "text/html");
}

export async function post<T = Answer>(address: string, body = new FormData()): Promise<T & Answer> {
  const response = await fetch(address, {
    method: "POST",
    headers: { Accept: "application/json", "X-CSRFToken": token() },
    body,
    signal: AbortSignal.timeout(10000),
  });
  const said = (await response.json().catch(() => ({}))) as Partial<T & Answer>;
  return { message: "", ...said, ok: response.ok } as T & Answer;
}
