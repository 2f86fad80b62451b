/** The other side did not answer as it should: worth another try. Its message is for people. */
export class SourceUnavailable extends Error {
  override readonly name = "SourceUnavailable";
  readonly code: string;

  constructor(code: string, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
