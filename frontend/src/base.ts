// The frame of every page: who is signed in, and where the reader is after a mistake. Pages work without it.

interface Reader {
  signed_in: boolean;
  name: string;
  links: { href: string; text: string }[];
}

document.querySelector<HTMLElement>("[data-focus-at-once]")?.focus();
const place = document.getElementById("person");
if (place) void greet(place);

async function greet(place: HTMLElement): Promise<void> {
  comeBackHere(place);
  const headers = { Accept: "application/json" };
  const answer = await fetch(place.dataset["address"] ?? "", { headers }).catch(() => null);
  const reader = answer?.ok ? ((await answer.json()) as Reader) : null;
  if (reader?.signed_in) place.replaceChildren(menu(reader));
}

/** Who signs in from a page comes back to it. */
function comeBackHere(place: HTMLElement): void {
  const link = place.querySelector("a");
  if (!link || location.pathname.includes("/accounts/")) return;
  link.search = `?next=${encodeURIComponent(location.pathname + location.search)}`;
}

function menu(reader: Reader): HTMLElement {
  const box = element("details", "menu");
  const name = element("summary", "menu__name");
  name.append(element("span", "menu__words", reader.name));
  const links = element("ul", "menu__links");
  for (const { href, text } of reader.links) {
    const link = element("a", "menu__link", text);
    link.href = href;
    const line = document.createElement("li");
    line.append(link);
    links.append(line);
  }
  box.append(name, links);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && box.open) {
      box.open = false;
      name.focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (!box.contains(event.target as Node)) box.open = false;
  });
  return box;
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  style: string,
  text = "",
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.className = style;
  made.textContent = text;
  return made;
}
