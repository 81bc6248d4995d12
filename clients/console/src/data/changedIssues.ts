import type { IssueEvent, OrderIssue } from "@order-issue/client";
import { cache } from "./client";
import { readAgain } from "./changes";
import { issuesOfQueues } from "./issues";
import { queryKeys } from "./queryKeys";
import { createStore } from "./store";

/** The issues that have been created or changed of late, the last one last, each with the time it was heard of, in milliseconds since 1970. */
export const changedIssues = createStore<ReadonlyMap<string, number>>(new Map());

/** Earlier ones are forgotten. */
const maxChangedIssues = 1000;

const pauseMs = 1000;
const countsPauseMs = 10_000;

/** What has changed, and isn't read again yet; it outlives the reader of a tab that is hidden. */
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
        const next = new Map(changedIssues.value);
        for (const issueId of changed) {
            next.delete(issueId); // The last one comes last.
            next.set(issueId, Date.now());
        }

        changedIssues.set(new Map([...next].slice(-maxChangedIssues)));
        this.countsTimer ??= setTimeout(() => {
            this.countsTimer = undefined;
            void cache.invalidateQueries({ queryKey: queryKeys.views });
            void cache.invalidateQueries({ queryKey: queryKeys.allCounts });
            void cache.invalidateQueries({ queryKey: queryKeys.allNewest });
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
    const newest = cache.getQueriesData<OrderIssue[]>({ queryKey: queryKeys.allNewest }).flatMap(([, issues]) => issues ?? []);
    const open = cache.getQueriesData<OrderIssue>({ queryKey: queryKeys.allIssues }).flatMap(([, issue]) => issue ?? []);
    return new Set([...issuesOfQueues(), ...newest, ...open].map(issue => issue.issueId));
}
