// The briefing as a plain element in Angular: `[article]` binds a property, `[attr.src]` an
// attribute, and the schema allows elements that Angular does not know.
import { CUSTOM_ELEMENTS_SCHEMA, Component, signal } from "@angular/core";
import { bootstrapApplication } from "@angular/platform-browser";
import frontPage from "../front-page.json";

@Component({
  selector: "#app",
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <button id="change" (click)="lead.set(1 - lead())">Another lead</button>
    <button id="reverse" (click)="others.set(others().toReversed())">The other way round</button>
    <button id="toggle" (click)="shown.set(!shown())">Show or hide</button>
    @if (shown()) {
      <news-briefing
        id="lead"
        loading="eager"
        [article]="leads[lead()]"
        (briefing-load)="take($event)"
        (briefing-key-point)="take($event)"
      />
    }
    @for (other of others(); track other.id) {
      <news-briefing
        [id]="other.id"
        [attr.src]="other.src"
        loading="eager"
        (briefing-load)="take($event)"
        (play)="take($event)"
      >
        <p>The page’s own words.</p>
      </news-briefing>
    }
    <ol id="log">
      @for (entry of log(); track $index) {
        <li>{{ entry }}</li>
      }
    </ol>
  `,
})
class Paper {
  readonly leads = frontPage.leads;
  readonly lead = signal(0);
  readonly others = signal(frontPage.others);
  readonly shown = signal(true);
  readonly log = signal<string[]>([]);

  take({ type, target }: Event) {
    this.log.update((log) => [...log, `${type} ${(target as Element).id}`]);
  }
}

bootstrapApplication(Paper).catch((error) => console.error(error));
