/** Lets a person choose a file of some kinds. It is told by `open-file`, an event that bubbles from `element`. */
export function chooseFile(element: HTMLElement, accept: string): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = accept;
  input.onchange = () => {
    const file = input.files?.[0];
    if (file) element.dispatchEvent(new CustomEvent("open-file", { detail: file, bubbles: true }));
  };
  input.click();
}
