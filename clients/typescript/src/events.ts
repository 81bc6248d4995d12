import { brokenOff, textsOf } from "./bodies.js";
import { OrderIssueError } from "./errors.js";
import { EventStream } from "./eventStream.js";
import type { IssueEventType, IssueEvent, IssueOperations } from "./generated.js";
import type { CallOptions, Hooks } from "./options.js";
import { growingWait } from "./retries.js";
import { Limit, throwIfAborted, wait } from "./signals.js";
import { mediaType, parse } from "./texts.js";

/** Where to begin, and what is wanted. */
export interface EventsOptions extends Pick<CallOptions, "signal" | "timeoutMs"> {
    /** The `sequence` of the last event that is known; without it, the first event is the oldest one that is kept. */
    after?: number | undefined;
    /** The log that `after` is of, as `page.epoch` of `listEvents` names it. A restored store has another one. */
    epoch?: string | undefined;
    /** The kinds of events; all of them without it. */
    types?: IssueEventType | readonly IssueEventType[] | undefined;
}

type Log = Pick<IssueOperations, "listEvents" | "streamEvents">;

const request = { method: "GET", path: "/api/issue-event/stream" };
const pollSeconds = 25;
const mostSilences = 2;

/** The service sends something every 15 seconds. */
const longestSilenceMs = 30_000;

/** One walk along the log, over any number of connections. */
export class Events {
    private readonly signal: AbortSignal | undefined;
    private readonly call: CallOptions & { type: EventsOptions["types"] };
    private after: number | undefined;
    private epoch: string | undefined;

    /** How many tries have failed since one didn't. */
    private failures = 0;

    /** How many streams in a row have ended without a byte; with two of them, something between keeps streams back. */
    private silences = typeof Response === "undefined" || "body" in Response.prototype ? 0 : mostSilences;

    constructor(
        private readonly log: Log, { after, epoch, types, ...others }: EventsOptions, private readonly timeoutMs: number,
        private readonly onRetry: Hooks["onRetry"],
    ) {
        this.after = after;
        this.epoch = epoch;
        this.signal = others.signal;
        this.call = { ...others, type: types, retries: 0, deadlineMs: Infinity };
    }

    async *follow(): AsyncGenerator<IssueEvent, void, undefined> {
        for (;;) {
            try {
                yield* this.after !== undefined && this.epoch !== undefined && this.silences < mostSilences ? this.stream() : this.poll();
            } catch (error) {
                if (!(error instanceof OrderIssueError) || !mayPass(error)) {
                    throw error;
                }

                const waitMs = growingWait(this.failures++, error.retryAfter);
                const { method, path } = error;
                await this.onRetry?.({ method, path, attempt: this.failures, error, waitMs });
                await wait(waitMs, this.signal);
            }
        }
    }

    /** The first page names the log, so that the walk doesn't go on in another one. */
    private async *poll(): AsyncGenerator<IssueEvent, void, undefined> {
        const { after, epoch } = this;
        const seconds = this.silences < mostSilences ? 0 : pollSeconds;
        const start = Date.now();
        const { data, page } = await this.log.listEvents({
            ...this.call, after, epoch, limit: 500, wait: seconds, timeoutMs: this.timeoutMs + seconds * 1000,
        });
        yield* this.unseen(data);
        this.after = page.next;
        this.epoch = page.epoch;
        if (page.next === after && Date.now() - start < seconds * 500) {
            await wait(growingWait(this.failures++), this.signal); // The service lets all go when it stops.
        } else {
            this.failures = 0;
        }
    }

    private async *stream(): AsyncGenerator<IssueEvent, void, undefined> {
        const { call, after, epoch } = this;
        const caller = new Limit(this.signal, Infinity, () => new Error());
        let parts = 0;
        try {
            const timeoutMs = Math.min(this.timeoutMs, longestSilenceMs);
            const answer = await this.log.streamEvents({ ...call, after, epoch, timeoutMs, signal: caller.signal });
            this.silences++;
            if (mediaType(answer.headers) !== "text/event-stream" || answer.body?.getReader === undefined) {
                answer.body?.cancel?.().catch(() => {});
                this.silences = mostSilences;
                return;
            }

            const frames = new EventStream();
            for await (const text of textsOf(answer, caller.signal, longestSilenceMs, request)) {
                if (text !== "") {
                    parts++;
                    this.silences = 0;
                }

                this.failures = parts > 1 ? 0 : this.failures; // What says hello may yet end at once.
                for (const { id, data } of frames.read(text)) {
                    yield* this.unseen(data === "" ? [] : [toEvent(data)]);
                    this.after = Math.max(this.after ?? 0, Number(id) || 0);
                }
            }

            brokenOff(request);
        } catch (error) {
            if (parts === 0 && error instanceof OrderIssueError && error.code === "timeout") {
                this.silences = mostSilences;
            }

            throw error;
        } finally {
            caller.release();
        }
    }

    private *unseen(events: readonly IssueEvent[]): Generator<IssueEvent, void, undefined> {
        for (const event of events) {
            if (event.sequence > (this.after ?? 0)) {
                throwIfAborted(this.signal);
                this.after = event.sequence;
                this.failures = 0;
                yield event;
            }
        }
    }
}

function toEvent(json: string): IssueEvent {
    const event = parse<IssueEvent>(json);
    if (typeof event?.sequence !== "number") {
        throw new OrderIssueError("unexpected_answer", "The stream has something that isn't an event.", { ...request, status: 200 });
    }

    return event;
}

/** Whoever follows the log outlasts more than a call does. */
function mayPass({ code, status }: OrderIssueError): boolean {
    return code === "timeout" || code === "unreachable" || status === 408 || status === 429 || status >= 500;
}
