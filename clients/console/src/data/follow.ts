import { type IssueEvent, OrderIssueError } from "@order-issue/client";
import { useEffect } from "preact/hooks";
import { cache, client } from "./client";
import { readAgain } from "./changes";
import { issueKey, type IssuePages, issuesOf } from "./issues";
import { createStore } from "./store";

/** Issues that have been created or changed since the queue was read, and that it doesn't show. */
export const unseenIssues = createStore<ReadonlySet<string>>(new Set());

const pauseMs = 1000;
const countsPauseMs = 10_000;

/** Where the log has been read to: a tab that is shown again goes on from here. */
let place: { after: number; epoch: string } | undefined;

/** Follows what happens to issues while the tab is shown, and shows it. */
export function useFollowedIssues(): void {
    useEffect(() => {
        let walk: AbortController | undefined;
        const start = () => {
            walk?.abort();
            walk = undefined;
            if (document.visibilityState === "visible") {
                walk = new AbortController();
                void follow(walk.signal);
            }
        };
        start();
        document.addEventListener("visibilitychange", start);
        return () => {
            walk?.abort();
            document.removeEventListener("visibilitychange", start);
        };
    }, []);
}

async function follow(signal: AbortSignal): Promise<void> {
    const changes = new Changes(signal);
    while (!signal.aborted) {
        try {
            place ??= await latest(signal);
            for await (const event of client.events({ ...place, signal })) {
                place = { ...place, after: event.sequence };
                changes.add(event);
            }
        } catch (error) {
            if (signal.aborted) {
                return;
            }

            const isGone = error instanceof OrderIssueError && error.code === "events_expired";
            if (isGone) {
                place = undefined; // What is in between is unknown: everything is read again.
                await cache.invalidateQueries();
            } else if (error instanceof OrderIssueError && (error.status === 401 || error.status === 403)) {
                return;
            } else {
                await new Promise(resolve => setTimeout(resolve, 3 * pauseMs));
            }
        }
    }
}

async function latest(signal: AbortSignal): Promise<{ after: number; epoch: string }> {
    const { page } = await client.listEvents({ limit: 1, signal });
    return { after: page.latest, epoch: page.epoch };
}

/** Collects what has changed, and reads it again together, once a second at most. */
class Changes {
    private readonly waiting = new Set<string>();
    private timer: ReturnType<typeof setTimeout> | undefined;
    private countsReadAt = 0;

    constructor(private readonly signal: AbortSignal) {
    }

    add({ data: { issueId } }: IssueEvent): void {
        if (issueId !== undefined) {
            this.waiting.add(issueId);
            this.timer ??= setTimeout(() => void this.read(), pauseMs);
        }
    }

    private async read(): Promise<void> {
        this.timer = undefined;
        const changed = [...this.waiting];
        this.waiting.clear();
        if (this.signal.aborted) {
            return;
        }

        const shown = shownIssues();
        unseenIssues.set(new Set([...unseenIssues.value, ...changed.filter(issueId => !shown.has(issueId))].slice(-1000)));
        if (Date.now() - this.countsReadAt > countsPauseMs) {
            this.countsReadAt = Date.now();
            void cache.invalidateQueries({ queryKey: ["views"] });
        }

        try {
            await readAgain(changed.filter(issueId => shown.has(issueId)));
        } catch {
            changed.forEach(issueId => this.waiting.add(issueId)); // The next look, or the next event, reads them.
            this.timer ??= setTimeout(() => void this.read(), 5 * pauseMs);
        }
    }
}

function shownIssues(): ReadonlySet<string> {
    const lists = cache.getQueriesData<IssuePages>({ queryKey: ["issues"], type: "active" }).flatMap(([, pages]) => issuesOf(pages));
    const open = cache.getQueryCache().findAll({ queryKey: issueKey("").slice(0, 1) }).map(query => String(query.queryKey[1]));
    return new Set([...lists.map(issue => issue.issueId), ...open]);
}
