import { mathsLoaded } from "./tex.ts";

/** Tells those who take pictures of the page that nothing is left to be drawn. */
export function tellReady(): void {
  const tell = () => {
    document.documentElement.dataset.ready = "";
  };
  void mathsLoaded().then(tell, tell);
}
