import { html, LitElement, nothing } from "lit";
import { AddressBar } from "./address-bar.ts";
import { openPlay } from "./challenge/door.ts";
import type { Play } from "./challenge/play.ts";
import { becomeFrame, frameIn } from "./embed/frame.ts";
import { whenDrawn } from "./figures/draw-queue.ts";
import { Lab } from "./lab.ts";
import { labOf } from "./lab-of.ts";
import type { Labs } from "./labs.ts";
import { hearLecture, loadLecture } from "./lecture/door.ts";
import type { Course } from "./lesson/course.ts";
import { OWN_ADDRESS, openCourse, takeLesson, whenDropped } from "./lesson/door.ts";
import { textOf } from "./messages/cards.ts";
import { say, whenSpoken } from "./messages/say.ts";
import type { Catalogue, Exhibit } from "./spec/catalogue.ts";
import {
  addressOf,
  type ChallengePlace,
  FIRST,
  type LabPlace,
  type LessonPlace,
  type Place,
  placeOf,
  type SweepPlace,
} from "./spec/link.ts";
import { openStudy } from "./sweep/door.ts";
import type { Study } from "./sweep/study.ts";
import type { SweepPage } from "./sweep/sweep-page.ts";
import { appHeader } from "./view/app-header.ts";
import { embedFoot, pageAddress } from "./view/embed-foot.ts";
import "./view/lab-page.ts";
import type { LabPage } from "./view/lab-page.ts";
import { isList, type ListPlace, listPage, loadList } from "./view/list-page.ts";
import { focusSearch } from "./view/search-focus.ts";
import { tellReady } from "./view/tell-ready.ts";
import { whenIdle } from "./view/when-idle.ts";

/** The page: a header, and either an exhibit or the index. The address is the whole state. */
export class App extends LitElement {
  static override properties = {
    labs: { attribute: false },
    trouble: { state: true },
    place: { state: true },
    lab: { state: true },
    study: { state: true },
    course: { state: true },
    play: { state: true },
    lecture: { state: true },
    building: { state: true },
  };
  declare labs: Labs;
  /** Why the page that the address names cannot be shown. */
  declare trouble: string | undefined;
  declare place: Place | undefined;
  declare lab: Lab | undefined;
  declare study: Study | undefined;
  /** The lesson that is open; its lab is `lab`. */
  declare course: Course | undefined;
  /** The challenge that is open; its lab is `lab`. */
  declare play: Play | undefined;
  /** The panel that a lecture shows, if there is one. */
  declare lecture: string | undefined;
  /** The lab that a handout is made of. */
  declare building: Lab | undefined;
  readonly #bar = new AddressBar();
  /** Lists that have been loaded. */
  readonly #loaded = new Set<string>();
  /** How the page shows itself in somebody else's, if it is in one. */
  readonly #frame = frameIn(location.search);
  /** The cell that the address names. */
  #cell: number | undefined;
  #title = () => document.title;

  override createRenderRoot(): this {
    return this;
  }

  get catalogue(): Catalogue {
    return this.labs.catalogue;
  }

  /** Shows the page once it can draw. */
  start(labs: Labs): void {
    this.labs = labs;
    if (this.#frame) becomeFrame(this.#frame, this);
    window.addEventListener("hashchange", () => void this.#follow());
    window.addEventListener("keydown", this.#key);
    this.addEventListener("open-file", (event) => {
      const file = (event as CustomEvent<File>).detail;
      void this.querySelector<LabPage>("lab-page")?.open(file);
      void this.querySelector<SweepPage>("sweep-page")?.openFile(file);
    });
    const openLesson = (file: File) => void this.#openOwnLesson(file);
    whenDropped(openLesson);
    this.addEventListener("make-handout", () => void this.#makeHandout());
    this.addEventListener("handout-done", () => {
      this.building = undefined;
    });
    this.addEventListener("whole-spec", (event) => {
      if (!this.lab || this.course || this.play) return;
      event.preventDefault();
      const { handout: _, ...whole } = this.lab.place;
      location.hash = addressOf(whole);
    });
    whenSpoken(() => {
      document.title = this.#title();
    });
    hearLecture(this);
    this.addEventListener("open-lesson", (event) =>
      openLesson((event as CustomEvent<File>).detail),
    );
    void this.#follow();
  }

  /** Goes where the address says. */
  async #follow(): Promise<void> {
    const place = placeOf(this.#bar.read()) ?? { page: "lab" as const, exhibit: FIRST };
    this.place = place;
    this.lecture = "lecture" in place ? place.lecture : undefined;
    this.trouble = undefined;
    if (this.lecture) await loadLecture();
    if (this.place !== place) return;
    try {
      if (place.page === "lesson") await this.#openLesson(place);
      else if (place.page === "challenge") await this.#openChallenge(place);
      else if (isList(place)) await this.#openList(place);
      else await this.#openExhibit(place);
    } catch (error) {
      if (this.place === place) this.trouble = (error as Error).message;
    }
  }

  async #openList(place: ListPlace): Promise<void> {
    this.#leave();
    this.#entitle(() => say.page.titleOfList[place.page]);
    await loadList(place, this.labs);
    this.#loaded.add(place.page);
    if (this.place !== place) return;
    this.requestUpdate();
    await this.updateComplete;
    tellReady();
  }

  /** Opens a lesson, or turns to another step of the one that is open. */
  async #openLesson(place: LessonPlace): Promise<void> {
    if (this.course?.isOf(place)) {
      this.course.follow(place);
      return;
    }
    this.course = await this.#openBeside(place, openCourse(this.labs, place));
  }

  /** Opens a challenge: each time with another draw, unless it is a result that is shown. */
  async #openChallenge(place: ChallengePlace): Promise<void> {
    if (this.play?.isOf(place)) return;
    this.play = await this.#openBeside(place, openPlay(this.labs, place));
  }

  /** What stands beside a lab and owns it; nothing where one has gone elsewhere meanwhile. */
  async #openBeside<T extends Course | Play>(
    place: Place,
    coming: Promise<T>,
  ): Promise<T | undefined> {
    this.#leave();
    const opened = await coming;
    if (this.place !== place) {
      opened.close();
      return undefined;
    }
    opened.lab.addEventListener("change", () => this.#changed(opened.lab));
    this.lab = opened.lab;
    this.#entitle(() => `${opened.title}, Pursuit`);
    window.scrollTo(0, 0);
    return opened;
  }

  /** A lesson from a file takes the place of what is shown. */
  async #openOwnLesson(file: File): Promise<void> {
    this.#leave();
    try {
      await takeLesson(file);
    } catch (error) {
      this.trouble = (error as Error).message;
      return;
    }
    if (location.hash === OWN_ADDRESS) await this.#follow();
    else location.hash = OWN_ADDRESS;
  }

  /** Opens an exhibit, or its phase diagram, as soon as its lab is there. */
  async #openExhibit(place: Extract<Place, { exhibit: string }>): Promise<void> {
    const own = labOf(place.exhibit) ?? labOf(FIRST) ?? "";
    if (
      this.course ||
      this.play ||
      this.lab?.exhibit.id !== place.exhibit ||
      place.page === "sweep"
    )
      this.#leave();
    const [module] = await Promise.all([this.labs.module(own), this.labs.declare(own)]);
    // One may have gone elsewhere meanwhile.
    if (this.place !== place) return;
    const exhibit = this.catalogue.exhibit(place.exhibit) ?? this.catalogue.exhibit(FIRST);
    if (!exhibit) return;
    // The menu of exhibits has those of all labs, as soon as nothing else is to be done.
    whenIdle(() => this.labs.declareAll().then(() => this.requestUpdate()));
    if (place.page === "sweep") {
      await this.#openStudy(place, exhibit, module);
      return;
    }
    const lab = this.#open(exhibit, module, place);
    if (place.problem) lab.complaint = { field: "", message: place.problem };
    else if (place.exhibit !== exhibit.id)
      lab.complaint = {
        field: "",
        message: say.page.otherExhibit(place.exhibit),
      };
    window.scrollTo(0, 0);
  }

  /** A Spec for the exhibit that is open is an edit of it: whoever follows a link by mistake can go back. */
  #open(exhibit: Exhibit, module: WebAssembly.Module, { spec, handout }: LabPlace): Lab {
    // What is locked stays so: undo does not lead out of a handout.
    if (this.lab?.exhibit === exhibit && !this.lab.handout && !handout) {
      this.lab.follow(spec ?? this.lab.own);
      return this.lab;
    }
    this.#leave();
    const lab = new Lab(this.catalogue, exhibit, module, spec, handout);
    lab.addEventListener("change", () => this.#changed(lab));
    this.lab = lab;
    this.#entitle(() => `${textOf(exhibit).text.title}, Pursuit`);
    return lab;
  }

  async #openStudy(place: SweepPlace, exhibit: Exhibit, module: WebAssembly.Module): Promise<void> {
    this.#entitle(() => say.page.titleOfSweep(textOf(exhibit).text.title));
    window.scrollTo(0, 0);
    const study = await openStudy(this.catalogue, exhibit, module, place);
    // One may have gone elsewhere meanwhile.
    if (this.place !== place) {
      study.close();
      return;
    }
    study.addEventListener("change", () => this.#studied(study));
    this.#cell = study.open;
    this.study = study;
  }

  /** The address follows the sweep and the cell that is open, so that "back" from the lab finds both. */
  #studied(study: Study): void {
    if (study.trials > 0 || study.complaint) requestAnimationFrame(() => whenDrawn(tellReady));
    // A drag changes the sweep with every step.
    const address = () => (study === this.study ? study.address : undefined);
    const opened = study.open !== this.#cell;
    this.#cell = study.open;
    if (opened) this.#bar.now(address());
    else this.#bar.later(address);
  }

  /** The page becomes its own editor. A handout that is open is where it starts. */
  async #makeHandout(): Promise<void> {
    const { lab, course, play } = this;
    if (!lab || course || play) return;
    const { begin } = await import("./handout/builder.ts");
    if (lab !== this.lab) return;
    begin(lab);
    this.building = lab;
  }

  /** What the window is called; it is said again in another language. */
  #entitle(title: () => string): void {
    this.#title = title;
    document.title = title();
  }

  #leave(): void {
    this.building = undefined;
    this.course = undefined;
    this.play?.close();
    this.play = undefined;
    this.lab?.close();
    this.lab = undefined;
    this.study?.close();
    this.study = undefined;
    this.#bar.forget();
  }

  /** The address follows the Spec. */
  #changed(lab: Lab): void {
    // The views hear of the change after this, and draw in this frame or the next few.
    if (lab.recording?.done) requestAnimationFrame(() => whenDrawn(tellReady));
    this.#bar.later(() => {
      if (lab !== this.lab) return undefined;
      // An exhibit that is shown without an address stays so.
      const { course, play } = this;
      if (!course && !play && lab.pristine && location.hash === "") return undefined;
      return this.#addressOf(lab);
    });
  }

  #addressOf(lab: Lab): string {
    const { course, play, lecture } = this;
    if (play) return addressOf(play.place);
    return addressOf({ ...(course ?? lab).place, ...(lecture ? { lecture } : {}) });
  }

  /** Another panel for the hall, or the page again without one. */
  show(lecture: string | undefined): void {
    this.lecture = lecture;
    if (this.lab) this.#bar.now(this.#addressOf(this.lab));
  }

  readonly #key = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    if (event.key !== "/" || target.closest("input, textarea, select")) return;
    event.preventDefault();
    if (this.place?.page !== "index" && this.place?.page !== "methods") location.hash = "#/index";
    focusSearch(this);
  };

  override render() {
    const { place, lab, study, course, play, trouble } = this;
    if (!place) return nothing;
    if (lab && this.lecture)
      return html`<lecture-view .lab=${lab} .course=${course} .panel=${this.lecture}></lecture-view>`;
    const opened = { lab, sweep: study, lesson: course, challenge: play };
    const shown = isList(place) ? this.#loaded.has(place.page) : opened[place.page];
    return html`
      ${this.#frame ? "" : appHeader({ place, lab, study, course, play }, this.catalogue)}
      ${isList(place) && shown ? listPage(place, this.labs) : ""}
      ${play ? html`<challenge-page .play=${play}></challenge-page>` : ""}
      ${course ? html`<lesson-page .course=${course}></lesson-page>` : ""}
      ${this.building ? html`<handout-builder .lab=${this.building}></handout-builder>` : ""}
      ${lab && !course && !play ? this.#labPage(lab) : ""}
      ${shown ? "" : html`<p class="loading" role="status">${trouble ?? (place.page === "sweep" ? say.page.checkingSweep : say.page.loading)}</p>`}
      ${study ? html`<sweep-page .study=${study}></sweep-page>` : ""}
      <p class="address" aria-hidden="true"></p>
    `;
  }

  #labPage(lab: Lab) {
    const frame = this.#frame;
    if (!frame) return html`<lab-page .lab=${lab}></lab-page>`;
    return html`<lab-page .lab=${lab} .embedded=${"frame"} .hide=${frame.hide}></lab-page>${embedFoot(lab, pageAddress())}`;
  }
}

customElements.define("pursuit-app", App);
