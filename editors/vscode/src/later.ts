/** Runs something once the last of many calls is some milliseconds old. */
import type { Disposable } from 'vscode';

export class Later implements Disposable {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly milliseconds: number,
    private readonly run: () => unknown,
  ) {}

  call(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.run, this.milliseconds);
  }

  dispose(): void {
    clearTimeout(this.timer);
  }
}
