import { type IssueEvent, OrderIssueError } from "@order-issue/client";
import { useEffect } from "preact/hooks";
import { cache, client } from "./client";
import { readAgain } from "./changes";
import { type IssuePages, issuesOf } from "./issues";
import { queryKeys } from "./queryKeys";
import { isRefused } from "./credential";
import { createStore, useStore } from "./store";

/** Issues that have been created or changed since the queue was read, and that it doesn't show. */
export const unseenIssues = createStore<ReadonlySet<string>>(new Set());

const pauseMs = 1000;
const countsPauseMs = 10_000;

/** What has changed, and isn't read again yet. */
const waiting = new Set<string>();

/** Where the log has been read to: a tab that is shown again goes on from here. */
let position: { after: number; epoch: string } | undefined;

/** Follows what happens to issues while the tab is shown, and shows it. */
export function useFollowedIssues(): void {
    const isEnded = useStore(isRefused);
    useEffect(() => {
        let walk: AbortController | undefined;
        const start = () => {
            walk?.abort();
            walk = undefined;
            if (document.visibilityState === "visible" && !isEnded) {
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
    }, [isEnded]);
}

async function follow(signal: AbortSignal): Promise<void> {
    const changes = new Changes(signal);
    changes.readSoon(0);
    while (!signal.aborted) {
        try {
            position ??= await latest(signal);
            for await (const event of client.events({ ...position, signal })) {
                position = { ...position, after: event.sequence };
                changes.add(event);
            }
        } catch (error) {
            if (signal.aborted) {
                return;
            }

            const isGone = error instanceof OrderIssueError && error.code === "events_expired";
            if (isGone) {
                position = undefined; // What is in between is unknown: everything is read again.
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

/** Reads what has changed again, together, once a second at most. */
class Changes {
    private timer: ReturnType<typeof setTimeout> | undefined;
    private countsTimer: ReturnType<typeof setTimeout> | undefined;

    constructor(private readonly signal: AbortSignal) {
    }

    add({ data: { issueId } }: IssueEvent): void {
        if (issueId !== undefined) {
            waiting.add(issueId);
            this.readSoon(pauseMs);
        }
    }

    readSoon(ms: number): void {
        this.timer ??= setTimeout(() => void this.read(), ms);
    }

    private async read(): Promise<void> {
        this.timer = undefined;
        const changed = [...waiting];
        if (this.signal.aborted || changed.length === 0) {
            return;
        }

        waiting.clear();
        const shown = shownIssues();
        unseenIssues.set(new Set([...unseenIssues.value, ...changed.filter(issueId => !shown.has(issueId))].slice(-1000)));
        this.countsTimer ??= setTimeout(() => {
            this.countsTimer = undefined;
            void cache.invalidateQueries({ queryKey: queryKeys.views });
            void cache.invalidateQueries({ queryKey: queryKeys.allCounts });
        }, countsPauseMs);
        try {
            await readAgain(changed.filter(issueId => shown.has(issueId)));
        } catch {
            changed.forEach(issueId => waiting.add(issueId)); // The service may be away.
            this.readSoon(5 * pauseMs);
        }
    }
}

function shownIssues(): ReadonlySet<string> {
    const lists = cache.getQueriesData<IssuePages>({ queryKey: queryKeys.allQueues }).flatMap(([, pages]) => issuesOf(pages));
    const open = cache.getQueryCache().findAll({ queryKey: queryKeys.allIssues }).map(query => String(query.queryKey[1]));
    return new Set([...lists.map(issue => issue.issueId), ...open]);
}
