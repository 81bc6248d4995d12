/** Ends what runs once the caller's signal is aborted or the time is up. (AbortSignal.any isn't in all browsers.) */
export class Limit {
    private readonly controller = new AbortController();
    private readonly over: Promise<never>;
    private readonly timer: ReturnType<typeof setTimeout> | undefined;
    private fail!: (reason: unknown) => void;

    constructor(private readonly caller: AbortSignal | undefined, milliseconds: number, lateError: () => Error) {
        this.over = new Promise((_, reject) => this.fail = reject);
        this.over.catch(() => {}); // It may come when nobody waits any more.
        this.timer = startTimer(() => this.end(lateError()), milliseconds);
        caller?.addEventListener("abort", this.follow);
        if (caller?.aborted) {
            this.follow();
        }
    }

    get signal(): AbortSignal {
        return this.controller.signal;
    }

    /** What the work gives, or a failure as soon as the limit is reached, whether or not the work heeds the signal. */
    race<T>(work: Promise<T>): Promise<T> {
        return Promise.race([work, this.over]);
    }

    /** The time doesn't count any more; the caller's signal does. */
    stopClock(): void {
        clearTimeout(this.timer);
    }

    release(): void {
        this.stopClock();
        this.caller?.removeEventListener("abort", this.follow);
    }

    private readonly follow = () => this.end(reasonOf(this.caller));

    private end(reason: unknown): void {
        this.fail(reason); // First, so that it comes before what fetch makes of it.
        this.controller.abort(reason);
    }
}

export function throwIfAborted(signal: AbortSignal | undefined): void {
    if (signal?.aborted) {
        throw reasonOf(signal);
    }
}

/** Waits; fails with the signal's reason once it is aborted. */
export async function wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
    const limit = new Limit(signal, Infinity, () => new Error());
    let timer;
    try {
        await limit.race(new Promise<void>(resolve => timer = startTimer(resolve, milliseconds)));
    } finally {
        clearTimeout(timer);
        limit.release();
    }
}

/** React Native's signals have no reason. */
function reasonOf(signal: AbortSignal | undefined): unknown {
    return signal?.reason ?? Object.assign(new Error("The call was aborted."), { name: "AbortError" });
}

/** A timer of more than 24.8 days would end at once: there is none then. */
function startTimer(callback: () => void, milliseconds: number): ReturnType<typeof setTimeout> | undefined {
    return milliseconds > 0x7fff_ffff ? undefined : setTimeout(callback, milliseconds);
}
