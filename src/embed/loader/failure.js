// Why a briefing cannot be shown, told apart for whoever mends it: the detail of `briefing-error`.

export class Failure extends Error {
  // `kind` is one word; the message says what happened. `status` is what a server answered.
  constructor(kind, message, status) {
    super(message);
    this.kind = kind;
    this.status = status;
  }
}
