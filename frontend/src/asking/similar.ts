import { say } from "./words";

interface Offered {
  id: string;
  text: string;
  language: string;
  votes: number;
  page: string;
  vote: string;
}

const PAUSE = 600; // ms without a key before we ask

/** Offers what others have asked already while somebody types. */
export function similar(form: HTMLFormElement, text: HTMLTextAreaElement): void {
  const box = document.getElementById("similar");
  const address = form.dataset["similar"];
  if (!box || !address) return;
  let later = 0;
  let asked = "";
  let running: AbortController | null = null;

  const look = async (): Promise<void> => {
    const typed = text.value.trim();
    if (typed === asked) return;
    asked = typed;
    running?.abort();
    running = new AbortController();
    try {
      const found = typed.length < 12 ? [] : await fetchOffered(address, typed, running.signal);
      show(box, found, form);
    } catch {
      // No network, or a newer question is on its way: typing goes on undisturbed.
    }
  };
  text.addEventListener("input", () => {
    window.clearTimeout(later);
    later = window.setTimeout(() => void look(), PAUSE);
  });
  void look();
}

async function fetchOffered(address: string, typed: string, signal: AbortSignal): Promise<Offered[]> {
  const query = new URLSearchParams({ text: typed.slice(0, 300) });
  const response = await fetch(`${address}?${query}`, { signal, headers: { Accept: "application/json" } });
  if (!response.ok) return [];
  return ((await response.json()) as { similar: Offered[] }).similar;
}

function show(box: HTMLElement, found: Offered[], form: HTMLFormElement): void {
  const same = [...box.querySelectorAll<HTMLElement>("[data-id]")].map((item) => item.dataset["id"]).join();
  if (same === found.map((one) => one.id).join()) return;
  box.hidden = found.length === 0;
  const title = document.createElement("p");
  title.className = "ask__similar-title";
  title.textContent = say("found", { number: found.length });
  const list = document.createElement("ul");
  list.append(...found.map((one) => item(one, form)));
  box.replaceChildren(title, list);
}

function item(one: Offered, form: HTMLFormElement): HTMLLIElement {
  const line = document.createElement("li");
  line.className = "ask__alike";
  line.dataset["id"] = one.id;
  const link = document.createElement("a");
  link.className = "govuk-link";
  link.href = one.page;
  link.target = "_blank";
  link.rel = "noopener";
  link.lang = one.language;
  link.textContent = one.text;
  const votes = document.createElement("span");
  votes.className = "ask__alike-votes";
  votes.textContent = say("votes", { number: one.votes });
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary ask__support";
  button.textContent = say("support");
  button.addEventListener("click", () => void support(one, button, form));
  line.append(link, votes, button);
  return line;
}

async function support(one: Offered, button: HTMLButtonElement, form: HTMLFormElement): Promise<void> {
  button.disabled = true;
  const token = form.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
  const said = document.createElement("p");
  said.className = "ask__said";
  said.setAttribute("role", "status");
  button.after(said);
  try {
    const response = await fetch(one.vote, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRFToken": token },
      body: new URLSearchParams({ back: window.location.pathname }),
    });
    const answer = (await response.json()) as { sign_in?: string; message?: string };
    if (response.status === 401 && answer.sign_in) window.location.assign(answer.sign_in);
    else if (response.ok) button.replaceWith();
    else button.disabled = false;
    said.textContent = response.ok ? say("supported") : (answer.message ?? say("failed"));
  } catch {
    button.disabled = false;
    said.textContent = say("failed");
  }
}
