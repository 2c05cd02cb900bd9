import { say } from "./words";

const PATIENCE = 10_000; // ms for a small file; a dead line never answers

/** Sends once, and only over a line that works: a browser's own error page would take pictures away. */
export function sending(form: HTMLFormElement): void {
  const button = form.querySelector<HTMLButtonElement>("button[type=submit]");
  const trouble = document.getElementById("trouble");
  if (!button || !trouble) return;
  const words = button.textContent ?? "";
  const busy = (is: boolean): void => void ([button.disabled, button.textContent] = [is, is ? say("sending") : words]);

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (button.disabled) return;
    busy(true);
    trouble.textContent = "";
    void lineWorks().then((works) => {
      if (works) return form.submit();
      busy(false);
      trouble.textContent = say("no_line");
    });
  });
  // Coming back by the browser's own button must find a form that can be sent.
  window.addEventListener("pageshow", () => busy(false));
}

async function lineWorks(): Promise<boolean> {
  if (!navigator.onLine) return false;
  const small = document.querySelector<HTMLLinkElement>("link[rel=icon]")?.href ?? "/";
  const options: RequestInit = { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) };
  return fetch(small, options).then(
    () => true,
    () => false,
  );
}
