import type { IssueFilter, OrderIssue } from "@order-issue/client";
import { useState } from "preact/hooks";

/** What is to be changed: these issues, or all that meet a filter, if they are as many as the agent has seen. */
export type Target = { issueIds: readonly string[] } | Matching;

interface Matching {
    filter: IssueFilter;
    expect: number;
}

/** A change that the agent has begun. */
export interface Bulk {
    /** The field that has the focus at first. */
    field: "any" | "assignee" | "status";
    target: Target;
}

/** The service changes so many issues a call. */
export const maxIssues = 1000;

export interface Selection {
    /** The issues whose rows are ticked. */
    ids: ReadonlySet<string>;
    /** Whether all that match are meant, also those that aren't loaded. */
    isAll: boolean;
    count: number;
    /** What is selected; undefined where nothing is, or more than can be changed at once. */
    target: Target | undefined;
    toggle: (issueId: string) => void;
    toggleAll: () => void;
    selectMatching: (filter: IssueFilter, expect: number) => void;
    clear: () => void;
}

/** The selection among the issues that are loaded. */
export function useSelection(issues: readonly OrderIssue[]): Selection {
    const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
    const [all, setAll] = useState<Matching>();
    const loaded = issues.map(issue => issue.issueId);
    const ids = new Set(all ? loaded : chosen.size > 0 ? loaded.filter(id => chosen.has(id)) : []);
    const count = all?.expect ?? ids.size;
    const select = (next: Iterable<string>) => {
        setChosen(new Set(next));
        setAll(undefined);
    };
    return {
        ids,
        isAll: all !== undefined,
        count,
        target: count === 0 || count > maxIssues ? undefined : all ?? { issueIds: [...ids] },
        toggle: issueId => select(ids.has(issueId) ? [...ids].filter(id => id !== issueId) : [...ids, issueId]),
        toggleAll: () => select(loaded.every(id => ids.has(id)) ? [] : [...ids, ...loaded]),
        selectMatching: (filter, expect) => setAll({ filter, expect }),
        clear: () => select([]),
    };
}
