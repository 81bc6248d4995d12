import type { IssueFilter } from "@order-issue/client";
import { useState } from "preact/hooks";

/** What is to be changed: these issues, or all that meet a filter, if they are as many as the agent has seen. */
export type Target = { issueIds: readonly string[] } | { filter: IssueFilter; expect: number };

/** A change that the agent has begun. */
export interface Bulk {
    /** The field that has the focus at first. */
    field: "any" | "assignee" | "status";
    target: Target;
}

export interface Selection {
    ids: ReadonlySet<string>;
    /** All that match; undefined where single issues are meant. */
    all: Extract<Target, { expect: number }> | undefined;
    count: number;
    /** What is selected; undefined where nothing is. */
    target: Target | undefined;
    toggle: (issueId: string) => void;
    toggleAll: (issueIds: readonly string[]) => void;
    selectMatching: (filter: IssueFilter, expect: number) => void;
    clear: () => void;
}

export function useSelection(): Selection {
    const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
    const [all, setAll] = useState<Selection["all"]>();
    const select = (next: Iterable<string>) => {
        setIds(new Set(next));
        setAll(undefined);
    };
    return {
        ids,
        all,
        count: all?.expect ?? ids.size,
        target: all ?? (ids.size > 0 ? { issueIds: [...ids] } : undefined),
        toggle: issueId => select(ids.has(issueId) ? [...ids].filter(id => id !== issueId) : [...ids, issueId]),
        toggleAll: issueIds => select(issueIds.every(id => ids.has(id)) ? [] : [...ids, ...issueIds]),
        selectMatching: (filter, expect) => setAll({ filter, expect }),
        clear: () => select([]),
    };
}
