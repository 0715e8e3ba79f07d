// The reason why a briefing cannot be shown, classified for whoever fixes it: becomes the detail of
// `briefing-error`.

export class Failure extends Error {
  // `kind` is one word; the message says what happened. `status` is the HTTP status of the server's
  // response.
  constructor(kind, message, status) {
    super(message);
    this.kind = kind;
    this.status = status;
  }
}
