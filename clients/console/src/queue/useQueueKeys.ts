import type { OrderIssue } from "@order-issue/client";
import type { MutableRef } from "preact/hooks";
import { useKeys } from "../parts/keys";
import type { Bulk, Selection } from "./useSelection";

interface QueueKeys {
    issues: readonly OrderIssue[];
    scroller: MutableRef<HTMLDivElement | null>;
    focused: MutableRef<number>;
    rowHeight: number;
    selection: Selection;
    canChange: boolean;
    onChange: (bulk: Bulk) => void;
}

/** `Enter` needs no shortcut: the focus is on the row's link. Gives what leads to a row. */
export function useQueueKeys({ issues, scroller, focused, rowHeight, selection, canChange, onChange }: QueueKeys): (index: number) => void {
    const goTo = (wanted: number) => {
        const index = Math.min(Math.max(wanted, 0), issues.length - 1);
        focused.current = index;
        show(index);
        focusRow(index);
    };
    const move = (step: number) => {
        const hasFocus = scroller.current?.contains(document.activeElement) ?? false;
        goTo(hasFocus ? focused.current + step : focused.current);
    };
    const show = (index: number) => {
        const { current } = scroller;
        if (current) {
            const top = index * rowHeight;
            const room = current.clientHeight - 2 * rowHeight; // The heading covers one row.
            current.scrollTop = Math.min(Math.max(current.scrollTop, top - room), top);
        }
    };
    const focusRow = (index: number, tries = 5) => {
        const link = scroller.current?.querySelector<HTMLElement>(`tr[data-index="${index}"] th a`);
        if (link) {
            link.focus({ preventScroll: true });
        } else if (tries > 0) {
            requestAnimationFrame(() => focusRow(index, tries - 1)); // The row comes with the next drawing.
        }
    };
    // By the row itself, since rows move when they are read again.
    const focusedId = () => {
        const row = document.activeElement?.closest<HTMLElement>("tr[data-index]");
        return row ? issues[Number(row.dataset["index"])]?.issueId : undefined;
    };
    const change = (field: Bulk["field"]) => {
        const issueId = focusedId();
        const target = selection.count > 0 || issueId === undefined ? selection.target : { issueIds: [issueId] };
        if (target) {
            onChange({ field, target });
        }
    };
    useKeys({
        "j": () => move(1),
        "k": () => move(-1),
        "[Shift]+/": () => document.getElementById("search")?.focus(),
        ...canChange && {
            x: () => { const id = focusedId(); if (id !== undefined) { selection.toggle(id); } },
            a: () => change("assignee"),
            s: () => change("status"),
        },
    });
    return goTo;
}
