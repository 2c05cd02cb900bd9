import { say } from "./words";

const LARGEST_FILE = 8_000_000;
const LARGEST_SIDE = 1600;
const WORTH_SHRINKING = 500_000;

/** Shows what will be sent, and makes phone photos small before they go over a weak line. */
export function pictures(form: HTMLFormElement, input: HTMLInputElement): void {
  const said = document.getElementById("pictures_said");
  const list = document.getElementById("previews");
  if (!said || !list) return;
  const most = Number(form.dataset["mostPictures"]);

  const show = (): void => {
    list.replaceChildren(...[...(input.files ?? [])].map((file) => preview(file, () => leaveOut(file))));
  };
  const leaveOut = (file: File): void => {
    put(input, [...(input.files ?? [])].filter((other) => other !== file));
    show();
    input.focus();
  };
  const chosen = async (): Promise<void> => {
    const kept = form.querySelectorAll("input[name=leave_out]:not(:checked)").length;
    let files = [...(input.files ?? [])];
    const refused: string[] = [];
    if (files.length + kept > most) {
      refused.push(say("too_many"));
      files = files.slice(0, Math.max(most - kept, 0));
    }
    said.textContent = files.some((file) => file.size > WORTH_SHRINKING) ? say("shrinking") : "";
    const small = await Promise.all(files.map(shrunk));
    const fitting = small.filter((file) => file.size <= LARGEST_FILE);
    for (const file of small) if (!fitting.includes(file)) refused.push(say("too_large", { name: file.name }));
    put(input, fitting);
    said.textContent = refused.join(" ");
    show();
  };
  input.addEventListener("change", () => void chosen());
}

function put(input: HTMLInputElement, files: File[]): void {
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  input.files = transfer.files;
}

function preview(file: File, leaveOut: () => void): HTMLLIElement {
  const item = document.createElement("li");
  item.className = "ask__preview";
  const image = document.createElement("img");
  image.alt = say("preview", { name: file.name });
  image.src = URL.createObjectURL(file);
  image.addEventListener("load", () => URL.revokeObjectURL(image.src), { once: true });
  const button = document.createElement("button");
  button.type = "button";
  button.className = "ask__leave-out";
  button.textContent = say("leave_out");
  button.setAttribute("aria-label", `${say("leave_out")}: ${file.name}`);
  button.addEventListener("click", leaveOut);
  item.append(image, button);
  return item;
}

/** A smaller JPEG of a large photo; the file itself where the browser cannot read it or it moves. */
async function shrunk(file: File): Promise<File> {
  if (file.size <= WORTH_SHRINKING || file.type === "image/gif") return file;
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LARGEST_SIDE / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg" });
  } catch {
    return file;
  }
}
