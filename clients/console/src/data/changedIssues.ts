import type { IssueEvent } from "@order-issue/client";
import { cache } from "./client";
import { readAgain } from "./changes";
import { issuesOf, type QueuePages } from "./issues";
import { queryKeys } from "./queryKeys";
import { createStore } from "./store";

/** The issues that have been created or changed of late, and when that was heard of, in milliseconds since 1970; the last one comes last. */
export const changedIssues = createStore<ReadonlyMap<string, number>>(new Map());

/** Enough for a queue that is looked at: who has missed more reads it anew. */
const maxChangedIssues = 1000;

const pauseMs = 1000;
const countsPauseMs = 10_000;

/** What has changed, and isn't read again yet. */
const waiting = new Set<string>();

/** Reads what has changed again, together, once a second at most. */
export class ChangeReader {
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
        const earlier = [...changedIssues.value].filter(([issueId]) => !changed.includes(issueId));
        changedIssues.set(new Map([...earlier, ...changed.map(issueId => [issueId, Date.now()] as const)].slice(-maxChangedIssues)));
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
    const lists = cache.getQueriesData<QueuePages>({ queryKey: queryKeys.allQueues }).flatMap(([, pages]) => issuesOf(pages));
    const open = cache.getQueryCache().findAll({ queryKey: queryKeys.allIssues }).map(query => String(query.queryKey[1]));
    return new Set([...lists.map(issue => issue.issueId), ...open]);
}
